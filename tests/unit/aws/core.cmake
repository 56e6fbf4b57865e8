gls_test(aws_call_test LABEL unit DEPENDS gls_aws SOURCES
    attempts_test.cpp
    signed_api_test.cpp)
