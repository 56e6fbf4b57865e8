gls_test(aws_core_test LABEL unit DEPENDS gls_aws_core simdjson::simdjson OpenSSL::Crypto SOURCES
    sigv4_vectors_test.cpp)
gls_test(aws_call_test LABEL unit DEPENDS gls_aws SOURCES
    attempts_test.cpp
    signed_api_test.cpp)
