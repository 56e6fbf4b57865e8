// What goes over the wire for requests that are well formed, and for those that are not.
#include "served.hpp"

namespace gls::test {
namespace {

TEST_CASE("keep-alive, pipelining, HEAD and HTTP/1.0") {
    const Served served;
    auto client = served.client();
    client.send(get_healthy);
    CHECK(status_line(client.response()) == "HTTP/1.1 200 OK");

    client.send(get_healthy + "HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n" +
                get_healthy); // three at once
    CHECK(client.response().ends_with("Serving.\n"));
    const auto head = client.response(true);
    CHECK(has(head, "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    CHECK(!has(head, "Content-Length: 0"));
    CHECK(client.response().ends_with("Serving.\n"));

    client.send("\r\n" + get_healthy); // as after a body with a line break too many
    CHECK(client.response().ends_with("Serving.\n"));
    client.send("\r");
    client.send("\n" + get_healthy);
    CHECK(client.response().ends_with("Serving.\n"));

    client.send("GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(has(client.rest(), "Connection: close\r\n"));
    const auto old = served.exchange("GET /-/healthy HTTP/1.0\r\n\r\n");
    CHECK(status_line(old) == "HTTP/1.1 200 OK");
    CHECK(has(old, "Connection: close\r\n"));
}

TEST_CASE("a scrape whole, plain and as gzip") {
    const Served served;
    auto client = served.client();
    client.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto plain = client.response();
    CHECK(has(plain, "gamelift_streams_sessions{"));
    CHECK(has(plain, "process_open_fds 12\n"));
    client.send("GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain;q=0.5\r\n"
                "Accept: application/openmetrics-text\r\nAccept-Encoding: gzip\r\n\r\n");
    const auto packed = client.response();
    CHECK(has(packed, "Content-Encoding: gzip\r\n"));
    CHECK(has(packed, "application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"));
    CHECK(has(packed, "\r\n\r\n\x1f\x8b"));
    client.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(has(client.response(), R"(http_requests_total{code="200",path="/metrics"} 2)"));
}

TEST_CASE("a client that has stopped sending still gets its answers") {
    const Served served;
    auto client = served.client();
    client.send(get_healthy + get_healthy);
    client.end_sending();
    const auto all = client.rest();
    CHECK(all.find("Serving.") != all.rfind("Serving."));
}

TEST_CASE("bodies are read and ignored, also chunked ones") {
    Options options;
    options.site.lifecycle_enabled = true;
    Served served{options};
    auto client = served.client();
    client.send("POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    CHECK(status_line(client.response()) == "HTTP/1.1 200 OK");
    CHECK(served.performed == web::Action::reload);
    client.send("PUT /-/reload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nhello\r\n0\r\n\r\n");
    CHECK(status_line(client.response()) == "HTTP/1.1 200 OK");
    served.outcome = fail(ErrorKind::invalid_input, "exporter.yml:1:1: unknown key 'a'");
    client.send("POST /-/reload HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.response().ends_with("\r\n\r\nexporter.yml:1:1: unknown key 'a'\n"));
}

TEST_CASE("what is malformed gets the status that fits, a plain word, and the end") {
    Options options;
    options.limits.header_bytes = 1024;
    options.limits.body_bytes = 64;
    const Served served{options};
    const std::string long_text(2000, 'a');
    using namespace std::string_literals;
    struct Case {
        std::string bytes;
        std::string_view status;
    };
    for (const auto& [bytes, status] : {
             Case{"nonsense\r\n\r\n", "400"},
             Case{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, "400"}, // a TLS client
             Case{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
             Case{"GET / HTTP/1.1\r\n\r\n", "400"}, // no Host
             Case{"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"},
             Case{"GET / HTTP/9.9\r\nHost: x\r\n\r\n", "400"},
             Case{"GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
             Case{"GET / HTTP/1.1\r\nHost x\r\n\r\n", "400"},
             Case{"GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", "400"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                  "400"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
             // The bytes behind these would be taken for the next request.
             Case{"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "400"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                  "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                  "400"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                  "400"},
             Case{"GET / HTTP/1.1\r\nHost: x y\r\n\r\n", "400"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                  "Expect: 100-continue\r\n\r\n",
                  "417"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65\r\n\r\n", "413"},
             Case{"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" +
                      long_text,
                  "413"},
             Case{"GET /" + long_text + " HTTP/1.1\r\nHost: x\r\n\r\n", "414"},
             Case{"GET / HTTP/1.1\r\nHost: x\r\nA: " + long_text + "\r\n\r\n", "431"},
         }) {
        const auto shown = bytes.substr(0, 60);
        CAPTURE(shown);
        const auto response = served.exchange(bytes);
        CHECK(status_line(response).substr(0, 12) == "HTTP/1.1 " + std::string{status});
        CHECK(has(response, "Connection: close\r\n"));
    }
}

TEST_CASE("a request that is cut off half-way is answered where that is possible") {
    const Served served;
    auto client = served.client();
    client.send("GET / HT");
    client.end_sending();
    CHECK(status_line(client.rest()) == "HTTP/1.1 400 Bad Request");
    auto silent = served.client();
    silent.end_sending();
    CHECK(silent.rest().empty());
}

} // namespace
} // namespace gls::test
