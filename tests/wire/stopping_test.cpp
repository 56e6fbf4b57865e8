// A request to stop ends every wait of the transport at once, whatever it waits for.
#include "wire/client.hpp"
#include "wire/peer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <exception>

using gls::ErrorKind;
using namespace gls::test;

namespace {

void check_cancelled(const Answer& answer) {
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == ErrorKind::cancelled);
}

} // namespace

TEST_CASE("while waiting for the answer") {
    std::atomic<bool> asked{false};
    const Peer peer{[&](PeerConnection& connection) {
        (void)connection.request();
        asked = true;
        connection.wait_for_close();
    }};
    Client client;
    check_cancelled(client.send_and_cancel(http_get(peer.port()), [&] { return asked.load(); }));
}

TEST_CASE("in the middle of the body") {
    std::atomic<bool> begun{false};
    const Peer peer{[&](PeerConnection& connection) {
        (void)connection.request();
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123");
        begun = true;
        connection.wait_for_close();
    }};
    Client client;
    check_cancelled(client.send_and_cancel(http_get(peer.port()), [&] { return begun.load(); }));
}

TEST_CASE("in the handshake") {
    const Peer peer{[](PeerConnection& connection) { connection.wait_for_close(); }};
    Client client;
    check_cancelled(client.send_and_cancel(https_get("127.0.0.1", peer.port()),
                                           [&] { return peer.accepted() == 1; }));
}

TEST_CASE("before anything has begun") {
    const Peer peer{[](PeerConnection& connection) { connection.wait_for_close(); }};
    Client client;
    check_cancelled(client.send_and_cancel(http_get(peer.port()), [] { return true; }));
}

TEST_CASE("a transport may be destroyed with requests in flight") {
    std::atomic<int> asked{0};
    const Peer peer{[&](PeerConnection& connection) {
        (void)connection.request();
        ++asked;
        connection.wait_for_close();
    }};
    boost::asio::io_context context;
    const auto clock = gls::asio_clock();
    auto transport = gls::aws::tls_transport(context.get_executor(), *clock, {});
    REQUIRE(transport.has_value());
    int ended = 0;
    for (int i = 0; i < 3; ++i)
        boost::asio::co_spawn(context, (*transport)->send(http_get(peer.port()), {}),
                              [&ended](std::exception_ptr, Answer) { ++ended; });
    while (asked < 3)
        context.run_one_for(std::chrono::milliseconds{20});
    transport->reset();
    context.restart();
    context.poll();
    CHECK(ended == 0); // they end with the context, and nothing is touched that is gone
}
