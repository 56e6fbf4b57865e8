// What the TLS keys of the web configuration do to a handshake.
#include "secured.hpp"

#include <functional>

namespace gls::test {
namespace {

using Ticket = std::unique_ptr<SSL_SESSION, decltype(&::SSL_SESSION_free)>;

struct Outcome {
    bool done{false};
    int version{0};
    std::string cipher;
    int curve{0};
    std::string protocol; // by ALPN
};

// A server with these lines in its configuration, met by a client that is set up like this.
Outcome met(const std::string& lines, const std::function<void(SSL_CTX*)>& offer) {
    const Authority authority;
    const Served served{secured(authority.config(lines))};
    TlsClient client{authority};
    offer(client.context());
    Outcome outcome;
    outcome.done = client.connect(served.port());
    if (!outcome.done) return outcome;
    auto* const connection = client.connection();
    outcome.version = ::SSL_version(connection);
    outcome.cipher = ::SSL_get_cipher_name(connection);
    outcome.curve = static_cast<int>(::SSL_get_negotiated_group(connection));
    const unsigned char* name = nullptr;
    unsigned int size = 0;
    ::SSL_get0_alpn_selected(connection, &name, &size);
    if (size != 0) outcome.protocol.assign(reinterpret_cast<const char*>(name), size);
    CHECK(status_line(client.ask()) == "HTTP/1.1 200 OK");
    return outcome;
}

void offer_versions(SSL_CTX* client, int least, int most) {
    ::SSL_CTX_set_security_level(client, 0); // which OpenSSL asks for below TLS 1.2
    ::SSL_CTX_set_min_proto_version(client, least);
    ::SSL_CTX_set_max_proto_version(client, most);
}

TEST_CASE("versions") {
    const auto version = [](const std::string& lines, int least, int most) {
        return met(lines, [&](SSL_CTX* client) { offer_versions(client, least, most); }).version;
    };
    for (const std::string& lines : {std::string{}, std::string{"  min_version: TLS10\n"}}) {
        CAPTURE(lines);
        CHECK(version(lines, TLS1_VERSION, TLS1_3_VERSION) == TLS1_3_VERSION);
        CHECK(version(lines, TLS1_VERSION, TLS1_2_VERSION) == TLS1_2_VERSION);
        CHECK(version(lines, TLS1_VERSION, TLS1_1_VERSION) == 0);
    }
    const std::string at_least_13{"  min_version: TLS13\n"};
    CHECK(version(at_least_13, TLS1_2_VERSION, TLS1_3_VERSION) == TLS1_3_VERSION);
    CHECK(version(at_least_13, TLS1_2_VERSION, TLS1_2_VERSION) == 0);
    const std::string at_most_12{"  max_version: TLS12\n"};
    CHECK(version(at_most_12, TLS1_2_VERSION, TLS1_3_VERSION) == TLS1_2_VERSION);
    CHECK(version(at_most_12, TLS1_3_VERSION, TLS1_3_VERSION) == 0);
}

TEST_CASE("cipher suites of TLS 1.2, and whose order counts") {
    const std::string suites{"  max_version: TLS12\n  cipher_suites:\n"
                             "    - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\n"
                             "    - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256\n"};
    const std::string aes256{"ECDHE-ECDSA-AES256-GCM-SHA384"};
    const std::string aes128{"ECDHE-ECDSA-AES128-GCM-SHA256"};
    const auto cipher = [](const std::string& lines, const std::string& offered) {
        return met(lines,
                   [&](SSL_CTX* client) {
                       REQUIRE(::SSL_CTX_set_cipher_list(client, offered.c_str()) == 1);
                   })
            .cipher;
    };
    const auto both = aes128 + ":" + aes256;
    CHECK(cipher(suites, both) == aes256);
    CHECK(cipher(suites + "  prefer_server_cipher_suites: false\n", both) == aes128);
    CHECK(cipher(suites, aes128) == aes128);
    CHECK(cipher(suites, "ECDHE-ECDSA-CHACHA20-POLY1305") == "");
    CHECK(cipher("  max_version: TLS12\n", "ECDHE-ECDSA-CHACHA20-POLY1305") ==
          "ECDHE-ECDSA-CHACHA20-POLY1305");
}

TEST_CASE("curves") {
    const auto curve = [](const std::string& lines, const char* offered) {
        return met(lines,
                   [&](SSL_CTX* client) {
                       REQUIRE(::SSL_CTX_set1_groups_list(client, offered) == 1);
                   })
            .curve;
    };
    const std::string only_384{"  curve_preferences: [CurveP384]\n"};
    CHECK(curve("", "X25519:P-384") == NID_X25519);
    CHECK(curve(only_384, "X25519:P-384") == NID_secp384r1);
    CHECK(curve(only_384, "X25519:P-521") == 0);
    CHECK(curve("  curve_preferences: [CurveP521, X25519]\n", "P-256:P-521") == NID_secp521r1);
}

TEST_CASE("HTTP/1.1 is chosen where it is offered, and nothing else ever") {
    const auto chosen = [](const std::string& offered) {
        return met("", [&](SSL_CTX* client) {
            const auto* const names = reinterpret_cast<const unsigned char*>(offered.data());
            const auto size = static_cast<unsigned int>(offered.size());
            if (size != 0) REQUIRE(::SSL_CTX_set_alpn_protos(client, names, size) == 0);
        });
    };
    CHECK(chosen("\x02h2\x08http/1.1").protocol == "http/1.1");
    for (const std::string offered : {"", "\x02h2"}) {
        const auto outcome = chosen(offered);
        CHECK(outcome.done);
        CHECK(outcome.protocol.empty());
    }
}

// Asks once and gives the ticket that came with the answer: a copy, because OpenSSL spoils the
// session of a connection that goes without a goodbye of its own.
Ticket ticket_of(TlsClient& client, std::uint16_t port) {
    REQUIRE(client.connect(port));
    CHECK(status_line(client.ask()) == "HTTP/1.1 200 OK");
    return {::SSL_SESSION_dup(::SSL_get_session(client.connection())), &::SSL_SESSION_free};
}

bool resumes(TlsClient& client, std::uint16_t port, SSL_SESSION* ticket) {
    REQUIRE(client.connect(port, ticket));
    const bool resumed = ::SSL_session_reused(client.connection()) == 1;
    CHECK(status_line(client.ask()) == "HTTP/1.1 200 OK");
    return resumed;
}

TEST_CASE(
    "a client that comes again resumes its session, with or without a certificate of its own") {
    const Authority authority;
    const auto own = make_certificate({.names = "DNS:prometheus"}, &authority.ca);
    const std::string verified{"  client_ca_file: ca.crt\n"
                               "  client_auth_type: RequireAndVerifyClientCert\n"
                               "  client_allowed_sans: [prometheus]\n"};
    for (const std::string& lines : {std::string{}, verified}) {
        const Served served{secured(authority.config(lines))};
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            CAPTURE(lines);
            CAPTURE(version);
            TlsClient client{authority, &own};
            ::SSL_CTX_set_max_proto_version(client.context(), version);
            const auto ticket = ticket_of(client, served.port());
            CHECK(resumes(client, served.port(), ticket.get()));
        }
    }
}

TEST_CASE("a ticket is worth nothing once the configuration has changed") {
    const Authority authority;
    Served served{secured(authority.config())};
    TlsClient client{authority};
    const auto ticket = ticket_of(client, served.port());
    CHECK(resumes(client, served.port(), ticket.get()));
    const auto next = make_certificate({.subject = "next"}, &authority.ca);
    (void)authority.folder.file("leaf.crt", next.certificate);
    (void)authority.folder.file("leaf.key", next.key);
    served.look();
    CHECK(!resumes(client, served.port(), ticket.get()));
}

} // namespace
} // namespace gls::test
