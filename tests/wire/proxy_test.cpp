// Through an HTTP proxy, and past it.
#include "support/fake_env.hpp"
#include "support/temp_folder.hpp"
#include "wire/client.hpp"
#include "wire/peer.hpp"

#include <doctest/doctest.h>

#include <mutex>
#include <string>
#include <vector>

using gls::ErrorKind;
using gls::aws::TransportOptions;
using namespace gls::test;

namespace {

constexpr const char* far_host = "gameliftstreams.us-west-2.amazonaws.com";

// Options as an environment with this proxy gives them.
TransportOptions through(const Peer& proxy, const std::string& user = "") {
    const std::string url = "http://" + user + "127.0.0.1:" + std::to_string(proxy.port());
    const FakeEnv env{{{"HTTPS_PROXY", url}, {"HTTP_PROXY", url}, {"NO_PROXY", "direct.test"}}};
    auto settings = gls::aws::proxy_settings(env);
    REQUIRE(settings.has_value());
    TransportOptions options;
    options.proxies = std::move(*settings);
    return options;
}

class Requests {
public:
    void add(std::string request) {
        const std::lock_guard lock{mutex_};
        seen_.push_back(std::move(request));
    }
    [[nodiscard]] std::vector<std::string> seen() const {
        const std::lock_guard lock{mutex_};
        return seen_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> seen_;
};

} // namespace

TEST_CASE("HTTPS goes through CONNECT, and the certificate is the far host's") {
    const Certificate ca = make_certificate({"Test authority", "", -3600, 3600, true}, nullptr);
    CertificateWish wish;
    wish.names = std::string{"DNS:"} + far_host;
    const auto tls = server_context(make_certificate(wish, &ca));
    Requests requests;
    const Peer proxy{[&](PeerConnection& connection) {
        requests.add(connection.request());
        connection.write("HTTP/1.1 200 Connection established\r\nX-Via: test\r\n\r\n");
        if (!connection.start_tls(tls.get())) return;
        for (;;) {
            std::string request = connection.request();
            if (request.empty()) return;
            requests.add(std::move(request));
            connection.write(ok("far"));
        }
    }};
    const TempFolder folder;
    TransportOptions options = through(proxy, "us%65r:p%40ss@");
    options.ca_bundle = folder.file("ca.pem", ca.certificate);
    Client client{std::move(options)};
    for (int i = 0; i < 2; ++i) {
        const Answer answer = client.send(https_get(far_host, 443));
        if (!answer) MESSAGE(answer.error().message);
        REQUIRE(answer.has_value());
        CHECK(answer->body == "far");
    }
    CHECK(proxy.accepted() == 1);
    const auto seen = requests.seen();
    REQUIRE(seen.size() == 3);
    CHECK(seen[0] == std::string{"CONNECT "} + far_host + ":443 HTTP/1.1\r\nHost: " + far_host +
                         ":443\r\nProxy-Authorization: Basic dXNlcjpwQHNz\r\n\r\n");
    CHECK(seen[1].find("Proxy-Authorization") == std::string::npos);

    const Answer other = client.send(https_get("other.example.com", 443));
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().kind == ErrorKind::tls);
    CHECK(other.error().message.find("other.example.com:443") != std::string::npos);
}

TEST_CASE("plain HTTP is handed to the proxy with an absolute target") {
    Requests requests;
    const Peer proxy{[&](PeerConnection& connection) {
        requests.add(connection.request());
        connection.write(ok("far"));
    }};
    Client client{through(proxy, "user:pass@")};
    auto request = http_get(8080, "/a?b");
    request.endpoint.host = "plain.test";
    CHECK(client.send(request)->body == "far");
    const auto seen = requests.seen();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].starts_with(
        "GET http://plain.test:8080/a?b HTTP/1.1\r\nHost: plain.test:8080\r\n"));
    CHECK(seen[0].find("\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n") != std::string::npos);
}

TEST_CASE("a proxy that refuses is named with its reason, its credentials are not") {
    const auto refusing = [](std::string answer) {
        const Peer proxy{[answer = std::move(answer)](PeerConnection& connection) {
            (void)connection.request();
            connection.write(answer);
        }};
        Client client{through(proxy, "user:sesame@")};
        Answer failed = client.send(https_get(far_host, 443));
        REQUIRE_FALSE(failed.has_value());
        CAPTURE(failed.error().message);
        CHECK(failed.error().message.find("sesame") == std::string::npos);
        CHECK(failed.error().message.find("user:") == std::string::npos);
        CHECK(failed.error().message.find("127.0.0.1:" + std::to_string(proxy.port())) !=
              std::string::npos);
        return failed.error();
    };
    const auto unauthorised =
        refusing("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    CHECK(unauthorised.kind == ErrorKind::connection);
    CHECK(unauthorised.message.find("HTTPS_PROXY") != std::string::npos);
    const auto forbidden = refusing("HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno no");
    CHECK(forbidden.kind == ErrorKind::connection);
    CHECK(forbidden.message.find("HTTP 403") != std::string::npos);
    CHECK(refusing("garbage\r\n\r\n").kind == ErrorKind::malformed);
    CHECK(refusing("HTTP/1.1 200 OK\r\n\r\nbytes too early").kind == ErrorKind::malformed);
    CHECK(refusing("").kind == ErrorKind::connection);
}

TEST_CASE("a proxy that never answers costs the connect deadline") {
    const Peer proxy{[](PeerConnection& connection) { connection.wait_for_close(); }};
    Client client{through(proxy)};
    gls::aws::Deadlines deadlines;
    deadlines.connect = gls::milliseconds{100};
    CHECK(client.send(https_get(far_host, 443), deadlines).error().kind == ErrorKind::timeout);
}

TEST_CASE("loopback, exceptions and requests that may not use one go past the proxy") {
    const Peer proxy{[](PeerConnection&) {}};
    const Peer peer{[](PeerConnection& connection) {
        while (!connection.request().empty())
            connection.write(ok("near"));
    }};
    Client client{through(proxy)};
    CHECK(client.send(http_get(peer.port()))->body == "near");
    auto direct = http_get(peer.port());
    direct.endpoint.host = "0.0.0.0"; // reaches loopback here, and is no loopback address
    direct.may_use_proxy = false;
    CHECK(client.send(direct)->body == "near");
    CHECK(proxy.accepted() == 0);
    direct.may_use_proxy = true;
    CHECK_FALSE(client.send(direct).has_value());
    CHECK(proxy.accepted() == 1);
}
