// Whom the transport trusts, and what it says when it does not.
#include "support/temp_folder.hpp"
#include "wire/client.hpp"
#include "wire/peer.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

using gls::ErrorKind;
using gls::aws::TransportOptions;
using namespace gls::test;

namespace {

struct Authority {
    Authority() { options.ca_bundle = folder.file("bundle.pem", ca.certificate); }
    [[nodiscard]] Certificate leaf(std::string names, long from = -3600, long to = 3600) const {
        CertificateWish wish;
        wish.names = std::move(names);
        wish.from_seconds = from;
        wish.to_seconds = to;
        return make_certificate(wish, &ca);
    }
    Certificate ca = make_certificate({"Test authority", "", -3600, 3600, true}, nullptr);
    TempFolder folder;
    TransportOptions options;
};

void greet_all(PeerConnection& connection) {
    while (!connection.request().empty())
        connection.write(ok("hello"));
}

// The transport must refuse, say which kind and name both the reason and the way out.
void check_refused(const Answer& answer, std::string_view reason, std::string_view advice) {
    REQUIRE_FALSE(answer.has_value());
    CAPTURE(answer.error().message);
    CHECK(answer.error().kind == ErrorKind::tls);
    CHECK(answer.error().message.find(reason) != std::string::npos);
    CHECK(answer.error().message.find(advice) != std::string::npos);
}

} // namespace

TEST_CASE("a certificate of the bundle's authority is accepted for its name and its addresses") {
    const Authority authority;
    const Peer peer{authority.leaf("DNS:localhost,IP:127.0.0.1"), greet_all};
    for (const std::string host : {"localhost", "LOCALHOST", "127.0.0.1"}) {
        CAPTURE(host);
        Client client{authority.options};
        const Answer answer = client.send(https_get(host, peer.port()));
        if (!answer) MESSAGE(answer.error().message);
        REQUIRE(answer.has_value());
        CHECK(answer->status == 200);
        CHECK(answer->body == "hello");
    }
}

TEST_CASE("an IPv6 address is verified as an address") {
    const Authority authority;
    const Peer peer{authority.leaf("IP:0:0:0:0:0:0:0:1"), greet_all, "::1"};
    Client client{authority.options};
    CHECK(client.send(https_get("::1", peer.port())).has_value());
    const Peer other{authority.leaf("IP:0:0:0:0:0:0:0:2"), greet_all, "::1"};
    check_refused(client.send(https_get("::1", other.port())), "IP address mismatch",
                  "issued for another host");
}

TEST_CASE("a certificate for another host is refused") {
    const Authority authority;
    const Peer peer{authority.leaf("DNS:example.com,DNS:*.localhost"), greet_all};
    Client client{authority.options};
    const Answer answer = client.send(https_get("localhost", peer.port()));
    check_refused(answer, "hostname mismatch", "issued for another host");
    CHECK(answer.error().message.find("localhost:" + std::to_string(peer.port())) !=
          std::string::npos);
}

TEST_CASE("the subject's common name is no host name") {
    const Authority authority;
    const Certificate certificate = make_certificate({"localhost"}, &authority.ca);
    const Peer peer{certificate, greet_all};
    Client client{authority.options};
    check_refused(client.send(https_get("localhost", peer.port())), "hostname mismatch",
                  "issued for another host");
}

TEST_CASE("a name is no address and an address no name") {
    const Authority authority;
    const Peer named{authority.leaf("DNS:127.0.0.1"), greet_all};
    Client client{authority.options};
    check_refused(client.send(https_get("127.0.0.1", named.port())), "IP address mismatch", "");
}

TEST_CASE("a self-signed certificate is refused, with the way to trust it") {
    const Authority authority;
    CertificateWish wish;
    wish.names = "DNS:localhost";
    const Certificate certificate = make_certificate(wish, nullptr);
    const Peer peer{certificate, greet_all};
    {
        Client client{authority.options};
        check_refused(client.send(https_get("localhost", peer.port())), "self-signed certificate",
                      "AWS_CA_BUNDLE");
    }
    TransportOptions trusting;
    trusting.ca_bundle = authority.folder.file("self.pem", certificate.certificate);
    Client client{trusting};
    CHECK(client.send(https_get("localhost", peer.port())).has_value());
}

TEST_CASE("an authority that is not in the system's store is refused without a bundle") {
    const Authority authority;
    const Peer peer{authority.leaf("DNS:localhost"), greet_all};
    Client client;
    check_refused(client.send(https_get("localhost", peer.port())),
                  "unable to get local issuer certificate", "AWS_CA_BUNDLE");
}

TEST_CASE("certificates of the past and of the future are refused") {
    const Authority authority;
    Client client{authority.options};
    const Peer past{authority.leaf("DNS:localhost", -7200, -3600), greet_all};
    check_refused(client.send(https_get("localhost", past.port())), "certificate has expired",
                  "clock");
    const Peer future{authority.leaf("DNS:localhost", 3600, 7200), greet_all};
    check_refused(client.send(https_get("localhost", future.port())),
                  "certificate is not yet valid", "clock");
}

TEST_CASE("TLS 1.2 and 1.3 are spoken, older ones are not") {
    const Authority authority;
    const Certificate leaf = authority.leaf("DNS:localhost");
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const Peer peer{leaf, greet_all, "127.0.0.1", version};
        Client client{authority.options};
        CHECK(client.send(https_get("localhost", peer.port())).has_value());
    }
    const Peer old{leaf, greet_all, "127.0.0.1", TLS1_1_VERSION};
    Client client{authority.options};
    check_refused(client.send(https_get("localhost", old.port())), "no TLS with localhost",
                  "TLS 1.2");
    CHECK(old.failed_handshakes() == 1);
}

TEST_CASE("a peer that does not speak TLS is told from one that is not trusted") {
    const Peer peer{[](PeerConnection& connection) {
        connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.wait_for_close();
    }};
    Client client;
    check_refused(client.send(https_get("127.0.0.1", peer.port())), "wrong version number",
                  "speaks TLS");
}

TEST_CASE("a handshake that is broken off is a fault of the connection") {
    const Peer closing{[](PeerConnection&) {}};
    const Peer resetting{[](PeerConnection& connection) { connection.reset(); }};
    Client client;
    for (const std::uint16_t port : {closing.port(), resetting.port()}) {
        const Answer answer = client.send(https_get("127.0.0.1", port));
        REQUIRE_FALSE(answer.has_value());
        CAPTURE(answer.error().message);
        CHECK(answer.error().kind == ErrorKind::connection);
        CHECK(answer.error().message.find("127.0.0.1:" + std::to_string(port)) !=
              std::string::npos);
    }
}

TEST_CASE("a handshake that never ends costs the connect deadline") {
    const Peer peer{[](PeerConnection& connection) { connection.wait_for_close(); }};
    Client client;
    gls::aws::Deadlines deadlines;
    deadlines.connect = gls::milliseconds{100};
    const Answer answer = client.send(https_get("127.0.0.1", peer.port()), deadlines);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == ErrorKind::timeout);
    CHECK(answer.error().message.find("within 100ms") != std::string::npos);
}

TEST_CASE("the server hears the host's name, but never an address") {
    const Authority authority;
    std::mutex mutex;
    std::vector<std::string> names;
    const Peer peer{authority.leaf("DNS:localhost,IP:127.0.0.1"), [&](PeerConnection& connection) {
                        {
                            const std::lock_guard lock{mutex};
                            names.push_back(connection.server_name());
                        }
                        greet_all(connection);
                    }};
    Client client{authority.options};
    CHECK(client.send(https_get("localhost", peer.port())).has_value());
    CHECK(client.send(https_get("127.0.0.1", peer.port())).has_value());
    const std::lock_guard lock{mutex};
    CHECK(names == std::vector<std::string>{"localhost", ""});
}

TEST_CASE("a second connection to a peer resumes the TLS session of the first") {
    const Authority authority;
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        CAPTURE(version);
        std::atomic<int> resumed{0};
        const Peer peer{authority.leaf("DNS:localhost,IP:127.0.0.1"),
                        [&](PeerConnection& connection) {
                            resumed += connection.resumed() ? 1 : 0;
                            (void)connection.request();
                            connection.write(ok("once", "Connection: close\r\n"));
                        },
                        "127.0.0.1", version};
        Client client{authority.options};
        for (int i = 0; i < 3; ++i)
            CHECK(client.send(https_get("localhost", peer.port())).has_value());
        CHECK(peer.accepted() == 3);
        CHECK(resumed == 2);
        // Another name of the same server is another peer: nothing is taken over from the first.
        CHECK(client.send(https_get("127.0.0.1", peer.port())).has_value());
        CHECK(resumed == 2);
    }
}

TEST_CASE("a bundle that is not there or holds no certificate is an error at the start") {
    const Authority authority;
    boost::asio::io_context context;
    const auto clock = gls::asio_clock();
    for (const std::string& path : {std::string{"no-such-file.pem"},
                                    authority.folder.file("empty.pem", "not a certificate\n")}) {
        TransportOptions options;
        options.ca_bundle = path;
        const auto transport = gls::aws::tls_transport(context.get_executor(), *clock, options);
        REQUIRE_FALSE(transport.has_value());
        CAPTURE(transport.error().message);
        CHECK(transport.error().kind == ErrorKind::invalid_input);
        CHECK(transport.error().message.starts_with("AWS_CA_BUNDLE: no certificates in " + path));
    }
}

TEST_CASE("a body cut off inside TLS is never taken for a whole one") {
    const Authority authority;
    const Peer peer{authority.leaf("DNS:localhost"), [](PeerConnection& connection) {
                        (void)connection.request();
                        connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf of it");
                        connection.reset(); // no goodbye of TLS
                    }};
    Client client{authority.options};
    const Answer answer = client.send(https_get("localhost", peer.port()));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == ErrorKind::connection);
}
