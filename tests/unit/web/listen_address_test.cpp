#include "web/listen_address.hpp"

#include <doctest/doctest.h>

namespace gls::web {
namespace {

TEST_CASE("listen addresses in all their forms") {
    const auto parsed = [](const char* text) { return parse_listen_address(text).value(); };
    CHECK(parsed(":10131") == ListenAddress{"", 10131});
    CHECK(parsed("0.0.0.0:0") == ListenAddress{"0.0.0.0", 0});
    CHECK(parsed("localhost:65535") == ListenAddress{"localhost", 65535});
    CHECK(parsed("[::1]:9000") == ListenAddress{"::1", 9000});
    CHECK(parsed("[fe80::1%lo]:9000") == ListenAddress{"fe80::1%lo", 9000});
    for (const auto* text : {":10131", "127.0.0.1:1", "[::1]:0"}) {
        CHECK(address_text(parsed(text)) == text);
    }
}

TEST_CASE("what is none is refused with a word on what would be right") {
    for (const auto* text : {"", "10131", "localhost", "host:", "host:65536", "host:-1", "host:1x",
                             "::1:9000", "[::1]", "[::1:9000", "[]:9000", "[host]:9000", "h[]:1"}) {
        CAPTURE(text);
        const auto parsed = parse_listen_address(text);
        REQUIRE(!parsed);
        CHECK(parsed.error().kind == ErrorKind::invalid_input);
        CHECK(parsed.error().message.find("expected") != std::string::npos);
    }
}

} // namespace
} // namespace gls::web
