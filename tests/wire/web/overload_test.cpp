// Slow, idle and too many clients: each costs one bounded session.
#include "served.hpp"

#include <vector>

namespace gls::test {
namespace {

TEST_CASE("a request that does not arrive in time gets 408") {
    Options options;
    options.limits.header_time = milliseconds{50};
    const Served served{options};
    CHECK(status_line(served.exchange("GET / HTTP/1.1\r\nHo")) == "HTTP/1.1 408 Request Timeout");
    CHECK(
        status_line(served.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab")) ==
        "HTTP/1.1 408 Request Timeout");
}

TEST_CASE("a connection that idles too long is closed without a word") {
    Options options;
    options.limits.idle_time = milliseconds{50};
    const Served served{options};
    CHECK(served.client().rest().empty());
    auto client = served.client();
    client.send(get_healthy);
    (void)client.response();
    CHECK(client.rest().empty());
}

TEST_CASE("past the connection cap the one that has waited longest goes") {
    Options options;
    options.limits.connections = 2;
    const Served served{options};
    auto oldest = served.client();
    oldest.send("GET / HTTP/1.1\r\n"); // slow, on purpose
    auto second = served.client();
    second.send(get_healthy);
    (void)second.response();
    auto third = served.client();
    third.send(get_healthy);
    CHECK(status_line(third.response()) == "HTTP/1.1 200 OK");
    CHECK(oldest.rest().empty());
}

// A scrape that is not read fills the socket's buffers and stays running.
std::string many_locations_request() {
    return "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
}

TEST_CASE("scrapes past --web.max-requests get 503, and slow readers are cut off") {
    Options options;
    options.site.max_scrapes = 1;
    options.limits.write_time = milliseconds{700};
    const Served served{options};
    Client slow{served.port()};
    // More answers than socket buffers hold, none of them read.
    std::string requests;
    for (int i = 0; i < 2000; ++i)
        requests += many_locations_request();
    slow.send_what_fits(requests);
    std::string refused;
    for (int tries = 0; tries < 200 && !has(refused, " 503 "); ++tries) {
        auto client = served.client();
        client.send(many_locations_request());
        refused = status_line(client.response());
    }
    CHECK(refused == "HTTP/1.1 503 Service Unavailable");
    std::string freed;
    while (!has(freed, " 200 ")) { // the test's own time limit ends this
        auto client = served.client();
        client.send(many_locations_request());
        freed = status_line(client.response());
    }
    CHECK(freed == "HTTP/1.1 200 OK");
}

} // namespace
} // namespace gls::test
