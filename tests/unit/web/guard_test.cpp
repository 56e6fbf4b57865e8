// Credentials, the rate, and requests from bytes: what the guard and the server decide without I/O.
#include "web/guard/basic_credentials.hpp"
#include "web/guard/rate_limit.hpp"
#include "web/request_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace gls::web {
namespace {

TEST_CASE("basic credentials") {
    const auto good = basic_credentials("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    REQUIRE(good);
    CHECK(good->user == "Aladdin");
    CHECK(good->password.reveal() == "open sesame");
    CHECK(basic_credentials("bAsIc  YTpiOmM=")->password.reveal() == "b:c"); // a:b:c
    CHECK(basic_credentials("Basic YTo=")->password.empty());
    for (const auto* bad : {"", "Basic", "Basic ", "Bearer YTpi", "Basic YQ==", "Basic Y",
                            "Basic !", "Basic YTpi,Basic YTpi", "Basic YToAYg=="}) {
        CAPTURE(bad);
        CHECK(!basic_credentials(bad));
    }
}

TEST_CASE("the rate: a burst, then one in each interval, and never more saved up than the burst") {
    RateLimit limit{{milliseconds{1000}, 3}};
    SteadyTime now{};
    const auto admitted = [&] {
        int count = 0;
        while (limit.admits(now))
            ++count;
        return count;
    };
    CHECK(admitted() == 3);
    now += milliseconds{999};
    CHECK(admitted() == 0);
    now += milliseconds{1};
    CHECK(admitted() == 1);
    now += std::chrono::hours{1};
    CHECK(admitted() == 3);
    RateLimit none{RateConfig{}};
    for (int i = 0; i < 100; ++i)
        CHECK(none.admits(now));
}

TEST_CASE("a request is the same however its bytes arrive") {
    const std::string bytes =
        "\r\nGET /metrics?x HTTP/1.1\r\nHost: x\r\nAuthorization: Basic YTpi\r\n"
        "Accept: a\r\nAccept: b\r\n\r\n";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        RequestReader reader{8192, 4096};
        reader.begin();
        auto progress = reader.advance();
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            REQUIRE(progress == RequestReader::Progress::unfinished);
            const auto part = bytes.substr(at, step);
            const auto room = reader.room();
            REQUIRE(room.size() >= part.size());
            std::ranges::copy(part, room.begin());
            reader.filled(part.size());
            progress = reader.advance();
        }
        REQUIRE(progress == RequestReader::Progress::whole);
        CHECK(reader.request().target == "/metrics?x");
        CHECK(reader.request().accept == "a,b");
        CHECK(reader.request().authorization == "Basic YTpi");
        CHECK(reader.keep_alive());
        CHECK(!reader.has_bytes());
    }
}

TEST_CASE("between requests a reader forgets the last one and keeps what came behind it") {
    const std::string request = "GET /a HTTP/1.1\r\nHost: x\r\nAuthorization: b\r\n\r\n";
    const std::string next = "GET /c HTTP/1.1\r\nHost: x\r\n\r\n";
    RequestReader reader{8192, 4096};
    const auto read = [&reader] {
        reader.begin();
        return reader.advance() == RequestReader::Progress::whole;
    };
    const auto come = [&reader](const std::string& bytes) {
        std::ranges::copy(bytes, reader.room().begin());
        reader.filled(bytes.size());
    };
    come(request + "\r\n" + next + "\r\n");
    REQUIRE(read());
    reader.rest();
    CHECK(reader.has_bytes());
    REQUIRE(read());
    CHECK(reader.request().target == "/c");
    reader.rest();
    CHECK_FALSE(reader.has_bytes());
    come(next);
    REQUIRE(read());
    CHECK(reader.request().authorization.empty());
}

} // namespace
} // namespace gls::web
