// When a connection carries more than one request, and what happens when it cannot.
#include "wire/client.hpp"
#include "wire/peer.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

using gls::ErrorKind;
using gls::milliseconds;
using namespace gls::test;

namespace {

Peer::Script answer_all_with(const std::string& headers, const std::string& behind = {}) {
    return [=](PeerConnection& connection) {
        while (!connection.request().empty())
            connection.write(ok("x", headers) + behind);
    };
}

int connections_for_three_requests(Peer::Script script, gls::aws::TransportOptions options = {}) {
    const Peer peer{std::move(script)};
    Client client{std::move(options)};
    for (int i = 0; i < 3; ++i) {
        const Answer answer = client.send(http_get(peer.port()));
        REQUIRE(answer.has_value());
        CHECK(answer->body == "x");
    }
    return peer.accepted();
}

} // namespace

TEST_CASE("requests one after another share a connection") {
    CHECK(connections_for_three_requests(answer_all_with("")) == 1);
    CHECK(connections_for_three_requests(answer_all_with("Connection: keep-alive\r\n")) == 1);
}

TEST_CASE("a peer that says it closes is not asked again on that connection") {
    CHECK(connections_for_three_requests(answer_all_with("Connection: close\r\n")) == 3);
}

TEST_CASE("bytes behind an answer are never taken for the next one") {
    CHECK(connections_for_three_requests(answer_all_with("", ok("stolen"))) == 3);
}

TEST_CASE("an idle connection past its limit is not used") {
    gls::aws::TransportOptions options;
    options.idle_limit = gls::seconds{-1};
    CHECK(connections_for_three_requests(answer_all_with(""), options) == 3);
}

TEST_CASE("a connection closed while idle is replaced without a word") {
    CHECK(connections_for_three_requests([](PeerConnection& connection) {
              (void)connection.request();
              connection.write(ok("x")); // and closes, without saying so
          }) == 3);
}

TEST_CASE("a GET that meets a closing connection is sent again at once, once") {
    // Answers the first request of a connection and drops the second without a byte.
    std::atomic<int> dropped{0};
    const Peer peer{[&](PeerConnection& connection) {
        (void)connection.request();
        connection.write(ok("x"));
        if (!connection.request().empty()) ++dropped;
        connection.reset();
    }};
    Client client;
    for (int i = 0; i < 3; ++i)
        CHECK(client.send(http_get(peer.port()))->body == "x");
    CHECK(dropped == 2);
    CHECK(peer.accepted() == 3);
}

TEST_CASE("what meets a closing connection is not repeated if it is a POST, or must be counted") {
    auto post = http_get(0);
    post.method = "POST";
    post.body = "a=b";
    auto counted = http_get(0);
    counted.may_be_resent = false;
    for (auto& request : {post, counted}) {
        const Peer peer{[](PeerConnection& connection) {
            (void)connection.request();
            connection.write(ok("x"));
            (void)connection.request();
            connection.reset();
        }};
        Client client;
        REQUIRE(client.send(http_get(peer.port())).has_value());
        auto second = request;
        second.endpoint = http_get(peer.port()).endpoint;
        const Answer answer = client.send(second);
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().kind == ErrorKind::connection);
        CHECK(peer.accepted() == 1);
    }
}

TEST_CASE("a GET is not repeated on a new connection, nor once an answer has begun") {
    const Peer closing{[](PeerConnection& connection) { (void)connection.request(); }};
    Client client;
    CHECK(client.send(http_get(closing.port())).error().kind == ErrorKind::connection);
    CHECK(closing.accepted() == 1);

    const Peer beginning{[](PeerConnection& connection) {
        (void)connection.request();
        connection.write(ok("x"));
        (void)connection.request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Le");
    }};
    CHECK(client.send(http_get(beginning.port())).has_value());
    CHECK(client.send(http_get(beginning.port())).error().kind == ErrorKind::connection);
    CHECK(beginning.accepted() == 1);
}

TEST_CASE("an error on one connection leaves the others alone, and a timeout closes its own") {
    const Peer peer{[](PeerConnection& connection) {
        while (true) {
            const std::string request = connection.request();
            if (request.empty()) return;
            if (request.starts_with("GET /slow")) return connection.wait_for_close();
            connection.write(ok("x"));
        }
    }};
    Client client;
    gls::aws::Deadlines deadlines;
    deadlines.request = milliseconds{150};
    const auto answers = client.send_all(
        {http_get(peer.port(), "/slow"), http_get(peer.port()), http_get(peer.port())}, deadlines);
    CHECK(answers[0].error().kind == ErrorKind::timeout);
    CHECK(answers[1].has_value());
    CHECK(answers[2].has_value());
    CHECK(client.send(http_get(peer.port())).has_value());
    CHECK(peer.accepted() == 3);
}

TEST_CASE("many requests at once use no more connections than allowed, and all are answered") {
    std::atomic<int> running{0};
    std::atomic<int> most{0};
    const Peer peer{[&](PeerConnection& connection) {
        for (;;) {
            const std::string request = connection.request();
            if (request.empty()) return;
            const int now = ++running;
            int before = most;
            while (before < now && !most.compare_exchange_weak(before, now)) {
            }
            const std::string body = request.substr(4, request.find(' ', 4) - 4);
            --running;
            connection.write(ok(body));
        }
    }};
    gls::aws::TransportOptions options;
    options.max_connections_per_peer = 4;
    Client client{options};
    std::vector<gls::aws::HttpRequest> requests;
    for (int i = 0; i < 200; ++i)
        requests.push_back(http_get(peer.port(), "/" + std::to_string(i)));
    const auto answers = client.send_all(requests);
    for (int i = 0; i < 200; ++i) {
        REQUIRE(answers[static_cast<std::size_t>(i)].has_value());
        CHECK(answers[static_cast<std::size_t>(i)]->body == "/" + std::to_string(i));
    }
    CHECK(peer.accepted() <= 4);
    CHECK(most <= 4);
}

TEST_CASE("a request that finds no free connection in time says so") {
    const Peer peer{[](PeerConnection& connection) { connection.wait_for_close(); }};
    gls::aws::TransportOptions options;
    options.max_connections_per_peer = 1;
    Client client{options};
    gls::aws::Deadlines deadlines;
    deadlines.connect = milliseconds{100};
    deadlines.request = milliseconds{400};
    const auto answers = client.send_all({http_get(peer.port()), http_get(peer.port())}, deadlines);
    CHECK(answers[0].error().kind == ErrorKind::timeout);
    CHECK(answers[1].error().kind == ErrorKind::timeout);
    CHECK(answers[1].error().message.find("became free") != std::string::npos);
}
