list(APPEND aws_core_sources
    base64.cpp
    proxy.cpp
    request_bytes.cpp)
list(APPEND aws_sources
    connection.cpp
    connection_pool.cpp
    connector.cpp
    gunzip.cpp
    resolver.cpp
    response_reader.cpp
    tls_client.cpp
    tls_transport.cpp)
