list(APPEND aws_sources
    attempts.cpp
    explained.cpp
    signed_api.cpp
    uuid4.cpp)
