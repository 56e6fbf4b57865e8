list(APPEND aws_core_sources
    adaptive.cpp
    canonical_request.cpp
    configured_endpoint.cpp
    endpoint.cpp
    error_response.cpp
    http_message.cpp
    partitions.cpp
    percent.cpp
    retry.cpp
    retry_decision.cpp
    retry_settings.cpp
    sigv4.cpp
    user_agent.cpp
    xml_text.cpp)
