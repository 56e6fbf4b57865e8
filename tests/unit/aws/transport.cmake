gls_test(aws_transport_test LABEL unit
    SOURCES proxy_test.cpp request_bytes_test.cpp
    DEPENDS gls_aws_core)
