#include "web/request_path.hpp"

#include <doctest/doctest.h>

namespace gls::web {
namespace {

TEST_CASE("the path that a target names") {
    CHECK(request_path("/") == "/");
    CHECK(request_path("/metrics?x=1&y=/z") == "/metrics");
    CHECK(request_path("/%6detrics") == "/metrics");
    CHECK(request_path("/a%2fb%00") == std::string("/a/b\0", 5));
    CHECK(request_path("http://host:1/metrics?x") == "/metrics");
    CHECK(request_path("http://host") == "/");
    CHECK(request_path("http://host?x=/y") == "/");
    CHECK(request_path("//metrics") == "//metrics");
}

TEST_CASE("what is no path") {
    for (const auto* target :
         {"", "*", "metrics", "host:443", "/%", "/%4", "/%4g", "/%-1", "/%+1"}) {
        CAPTURE(target);
        CHECK(!request_path(target));
    }
}

} // namespace
} // namespace gls::web
