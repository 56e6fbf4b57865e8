// TLS, client certificates, users and rates over real sockets.
#include "secured.hpp"

#include <openssl/x509.h>

namespace gls::test {
namespace {

TEST_CASE("TLS, and what a client that speaks plain HTTP is told") {
    const Authority authority;
    const Served served{secured(authority.config())};
    const auto scrape = in_tls(served.port(), authority, with_user("YTpi"));
    CHECK(status_line(scrape) == "HTTP/1.1 200 OK");
    CHECK(has(scrape, "gamelift_streams_sessions{"));
    CHECK(served.exchange(get_healthy_once).starts_with("HTTP/1.0 400 Bad Request\r\n"));
    CHECK(served.exchange(std::string(300, '\xff')).size() < 100); // an alert at most
    auto health = served.client(1);
    health.send(get_healthy_once);
    CHECK(status_line(health.rest()) == "HTTP/1.1 200 OK"); // plain, for probes
    CHECK(served.certificate_expires.has_value());
}

TEST_CASE("a handshake that does not come on is cut off") {
    const Authority authority;
    auto options = secured(authority.config());
    options.limits.header_time = milliseconds{50};
    const Served served{options};
    CHECK(served.exchange("\x16\x03").empty());
}

TEST_CASE("clients by their certificates") {
    const Authority authority;
    const auto known = make_certificate({.subject = "c", .names = "DNS:prometheus"}, &authority.ca);
    const auto other = make_certificate({.subject = "o", .names = "DNS:other"}, &authority.ca);
    const auto stranger = make_certificate({.subject = "s", .names = "DNS:prometheus"}, nullptr);
    const auto asks = [&](const std::string& rest, const Certificate* own) {
        const Served served{secured(authority.config(rest))};
        return !in_tls(served.port(), authority, get_healthy_once, own).empty();
    };
    const std::string verify = "  client_ca_file: ca.crt\n  client_auth_type: ";
    for (const std::string& rest :
         {verify + "RequireAndVerifyClientCert\n", verify + "VerifyClientCertIfGiven\n",
          std::string{"  client_auth_type: RequireAnyClientCert\n"},
          std::string{"  client_auth_type: RequestClientCert\n"},
          verify + "RequireAndVerifyClientCert\n  client_allowed_sans: [prometheus]\n"}) {
        CAPTURE(rest);
        const bool required = rest.find("Require") != rest.npos;
        const bool verified = rest.find("Verify") != rest.npos;
        CHECK(asks(rest, &known));
        CHECK(asks(rest, nullptr) == !required);
        CHECK(asks(rest, &stranger) == !verified);
        CHECK(asks(rest, &other) == (rest.find("sans") == rest.npos));
    }
}

TEST_CASE("users: right, wrong, unknown, none; and not for probes") {
    const TempFolder folder;
    const auto config =
        folder.file("web.yml", "basic_auth_users:\n  user: " + bcrypt("secret") + "\n");
    const Served served{secured(config)};
    for (int i = 0; i < 3; ++i) // remembered from the second on
        CHECK(status_line(served.exchange(with_user("dXNlcjpzZWNyZXQ="))) == "HTTP/1.1 200 OK");
    for (const auto* wrong : {"dXNlcjpzZWNyZXQx", "b3RoZXI6c2VjcmV0", "", "!"}) {
        CAPTURE(wrong);
        const auto refused = served.exchange(with_user(wrong));
        CHECK(status_line(refused) == "HTTP/1.1 401 Unauthorized");
        CHECK(has(refused, "\r\nWWW-Authenticate: Basic realm="));
    }
    CHECK(status_line(served.exchange(get_healthy_once)) == "HTTP/1.1 401 Unauthorized");
    auto health = served.client(1);
    health.send(get_healthy_once);
    CHECK(status_line(health.rest()) == "HTTP/1.1 200 OK");
}

TEST_CASE("headers and rate") {
    const TempFolder folder;
    const auto config = folder.file(
        "web.yml", "http_server_config: {headers: {X-Frame-Options: deny, "
                   "X-Content-Type-Options: nosniff}}\nrate_limit: {interval: 1h, burst: 2}\n");
    const Served served{secured(config)};
    const auto answer = served.exchange(get_healthy_once);
    CHECK(has(answer, "\r\nX-Frame-Options: deny\r\n"));
    CHECK(answer.find("nosniff") == answer.rfind("nosniff"));
    CHECK(status_line(served.exchange(get_healthy_once)) == "HTTP/1.1 200 OK");
    CHECK(status_line(served.exchange(get_healthy_once)) == "HTTP/1.1 429 Too Many Requests");
}

TEST_CASE("a new certificate is taken up, and a broken one is not") {
    const Authority authority;
    Served served{secured(authority.config())};
    std::string subject;
    CHECK(!in_tls(served.port(), authority, get_healthy_once, nullptr, &subject).empty());
    CHECK(subject == "leaf");
    CHECK(served.log.count("certificate_expires_soon") == 1); // test certificates live an hour

    (void)authority.folder.file("leaf.crt", "broken");
    served.look();
    served.look();
    CHECK(served.log.count("web_config_kept") == 1);
    CHECK(!in_tls(served.port(), authority, get_healthy_once).empty());

    const auto next = make_certificate({.subject = "next", .to_seconds = -60}, &authority.ca);
    const auto good = make_certificate({.subject = "good"}, &authority.ca);
    (void)authority.folder.file("leaf.crt", next.certificate);
    (void)authority.folder.file("leaf.key", next.key);
    served.look();
    CHECK(served.log.count("certificate_expired") == 1);
    (void)authority.folder.file("leaf.crt", good.certificate);
    (void)authority.folder.file("leaf.key", good.key);
    served.look();
    CHECK(!in_tls(served.port(), authority, get_healthy_once, nullptr, &subject).empty());
    CHECK(subject == "good");
}

TEST_CASE("a file that is cut off opens the door to nobody, unless a reload says so") {
    const Authority authority;
    const auto path = authority.config("basic_auth_users: {user: '" + bcrypt("secret") + "'}\n");
    Served served{secured(path)};
    for (const std::string& text :
         {std::string{}, std::string{"rate_limit: {burst: 3, interval: 1s}\n"},
          std::string{"tls_server_config: {cert_file: leaf.crt, key_file: leaf.key}\n"}}) {
        CAPTURE(text);
        (void)authority.folder.file("web.yml", text);
        served.look();
        CHECK(in_tls(served.port(), authority, get_healthy_once).contains("401"));
    }
    CHECK(served.log.count("web_config_kept") >= 1);
}

TEST_CASE("what cannot be read refuses the start with the code that fits") {
    const TempFolder folder;
    const auto files = disk_files();
    const auto kind = [&](const std::string& text) {
        const auto read = web::read_protection(*files, folder.file("web.yml", text));
        REQUIRE(!read);
        return read.error().kind;
    };
    const auto one = make_certificate({}, nullptr);
    const auto two = make_certificate({}, nullptr);
    (void)folder.file("a.crt", one.certificate);
    (void)folder.file("b.key", two.key);
    CHECK(kind("tls_server_config: 1\n") == ErrorKind::invalid_input);
    CHECK(kind("tls_server_config: {cert_file: no, key_file: no}\n") == ErrorKind::unavailable);
    CHECK(kind("tls_server_config: {cert_file: a.crt, key_file: b.key}\n") ==
          ErrorKind::unavailable); // of different pairs
}

} // namespace
} // namespace gls::test
