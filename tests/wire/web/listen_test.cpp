#include "served.hpp"

namespace gls::test {
namespace {

TEST_CASE("several listeners, both families, ports chosen by the system and logged") {
    Options options;
    options.listen = {
        {{"127.0.0.1", 0}}, {{"::1", 0}}, {{"127.0.0.1", 0}, true}, {{"localhost", 0}}};
    const Served served{options};
    const Client six{served.port(1), Client::Family::v6};
    CHECK(served.log.count("listening") == 4);
    CHECK(served.log.last("listening")["address"] == "127.0.0.1:" + std::to_string(served.port(3)));

    auto health = served.client(2);
    health.send("GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(status_line(health.response()) == "HTTP/1.1 200 OK");
    health.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(status_line(health.response()) == "HTTP/1.1 404 Not Found");
}

TEST_CASE("without a host both families are served") {
    Options options;
    options.listen = {{{"", 0}}};
    const Served served{options};
    auto four = served.client();
    four.send("GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(status_line(four.response()) == "HTTP/1.1 200 OK");
}

TEST_CASE("an address that cannot be had is an error that names it") {
    const Served first;
    const auto taken = opens({"127.0.0.1", first.port()});
    REQUIRE(!taken);
    CHECK(taken.error().kind == ErrorKind::unavailable);
    CHECK(taken.error().message == "cannot listen on 127.0.0.1:" + std::to_string(first.port()) +
                                       ": Address already in use");
    const auto foreign = opens({"192.0.2.1", 0}); // a documentation address
    REQUIRE(!foreign);
    CHECK(has(foreign.error().message, "192.0.2.1:0"));
}

} // namespace
} // namespace gls::test
