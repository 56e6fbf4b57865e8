gls_test(aws_core_test LABEL unit DEPENDS gls_aws_core simdjson::simdjson OpenSSL::Crypto SOURCES
    adaptive_cases_test.cpp
    adaptive_test.cpp
    aws_settings_test.cpp
    endpoint_cases_test.cpp
    error_cases_test.cpp
    query_cases_test.cpp
    retry_cases_test.cpp
    retry_decision_test.cpp
    sigv4_vectors_test.cpp
    text_test.cpp)
gls_test(aws_call_test LABEL unit DEPENDS gls_aws simdjson::simdjson SOURCES
    attempts_mending_test.cpp
    attempts_test.cpp
    request_cases_test.cpp
    signed_api_test.cpp)
