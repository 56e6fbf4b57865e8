// The web configuration file: what it may say, and what each mistake is told.
#include "web/config/read_web_config.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>

namespace gls::web {
namespace {

const std::string hash = "$2y$04$abcdefghijklmnopqrstuuEGdmhDSURdCHDL1TVxLCPn5EYGNBL4y";

std::string errors_of(std::string_view text) {
    const auto config = read_web_config(text);
    std::string lines;
    if (config) return lines;
    for (const auto& problem : config.error())
        lines += settings::text_of(problem, "web.yml") + '\n';
    return lines;
}

TEST_CASE("an empty file is plain HTTP for everybody") {
    for (const auto* text : {"", "# nothing\n", "tls_server_config:\n", "basic_auth_users: {}\n"}) {
        CAPTURE(text);
        const auto config = read_web_config(text);
        REQUIRE(config);
        CHECK(!config->tls);
        CHECK(config->users.empty());
        CHECK(config->rate.interval == milliseconds{0});
    }
}

TEST_CASE("everything at once") {
    const auto config = read_web_config("tls_server_config:\n"
                                        "  cert_file: a.crt\n"
                                        "  key: PEM\n"
                                        "  client_ca_file: ca.crt\n"
                                        "  client_auth_type: RequireAndVerifyClientCert\n"
                                        "  client_allowed_sans: [prometheus.example.org]\n"
                                        "  min_version: TLS10\n"
                                        "  max_version: TLS13\n"
                                        "  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]\n"
                                        "  curve_preferences: [X25519, CurveP256]\n"
                                        "  prefer_server_cipher_suites: false\n"
                                        "http_server_config:\n"
                                        "  http2: true\n"
                                        "  headers: {X-Frame-Options: deny}\n"
                                        "basic_auth_users:\n"
                                        "  prometheus: " +
                                        hash +
                                        "\n"
                                        "rate_limit: {interval: 1s, burst: 20}\n");
    REQUIRE(config);
    REQUIRE(config->tls);
    CHECK(config->tls->cert_file == "a.crt");
    CHECK(config->tls->key == "PEM");
    CHECK(config->tls->client_auth == ClientAuth::require_and_verify_client_cert);
    CHECK(config->tls->min_version == TlsVersion::tls10);
    CHECK(config->tls->curve_preferences == std::vector<std::string>{"X25519", "P-256"});
    CHECK(!config->tls->prefer_server_cipher_suites);
    CHECK(config->headers.at("X-Frame-Options") == "deny");
    CHECK(config->users.at("prometheus") == hash);
    CHECK(config->rate == RateConfig{milliseconds{1000}, 20});
}

TEST_CASE("every mistake at once, each with its place, and no secret in it") {
    const auto errors = errors_of("tls_server_config:\n"
                                  "  cert_file: a.crt\n"
                                  "  cert: PEM\n"
                                  "  client_auth_type: Sometimes\n"
                                  "  max_version: TLS11\n"
                                  "http_server_config:\n"
                                  "  headers: {X-Powered-By: us}\n"
                                  "basic_auth_users:\n"
                                  "  prometheus: hunter2\n"
                                  "rate_limit: {interval: often}\n"
                                  "surprise: 1\n");
    CAPTURE(errors);
    for (const auto* place :
         {"web.yml:4:21: tls_server_config.client_auth_type: \"Sometimes\" is not one of NoClient",
          "web.yml:3:9: tls_server_config.cert: given beside cert_file",
          "web.yml:2:3: tls_server_config.key_file: missing; TLS needs key_file or key",
          "web.yml:5:16: tls_server_config.max_version: TLS 1.0 and 1.1 are not spoken",
          "web.yml:7:13: http_server_config.headers.X-Powered-By: unknown key",
          "web.yml:9:15: basic_auth_users.prometheus: not a bcrypt hash",
          "web.yml:10:24: rate_limit.interval: \"often\" is not a duration",
          "web.yml:11:1: surprise: unknown key"}) {
        CAPTURE(place);
        CHECK(errors.contains(place));
    }
    CHECK(!errors.contains("hunter2"));
    CHECK(!errors.contains("PEM"));
}

TEST_CASE("rules between keys") {
    const std::string tls = "tls_server_config:\n  cert_file: a\n  key_file: b\n";
    CHECK(errors_of(tls).empty());
    CHECK(errors_of(tls + "  client_auth_type: VerifyClientCertIfGiven\n").contains("by whom"));
    CHECK(errors_of(tls + "  client_ca_file: c\n").contains("no client is verified"));
    CHECK(errors_of(tls + "  client_allowed_sans: [a]\n").contains("only known of verified"));
    CHECK(errors_of(tls + "  min_version: TLS13\n  max_version: TLS12\n").contains("no version"));
    CHECK(errors_of(tls + "  cipher_suites: [TLS_AES_128_GCM_SHA256]\n").contains("TLS 1.2"));
    CHECK(errors_of("basic_auth_users: {'a:b': '" + hash + "'}\n").contains("no colon"));
    CHECK(errors_of("basic_auth_users: {a: '$2y$31" + hash.substr(6) + "'}\n").contains("cost"));
    CHECK(errors_of("rate_limit: {burst: 0}\n").contains("out of range"));
    CHECK(errors_of("http_server_config: {headers: {X-Frame-Options: no}}\n").size() > 0);
}

TEST_CASE("the shipped sample is valid as it is, and with every key in force") {
    std::ifstream file{GLS_TEST_DATA_DIR "/../../config/web.yml"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    REQUIRE(!text.empty());
    CHECK(errors_of(text).empty());
    // One sign off keeps the prose a comment: keys stand behind "# ", prose behind "## ".
    const auto in_force = std::regex_replace(text, std::regex{"(^|\n)# "}, "$1");
    CHECK(errors_of(in_force) == "");
    const auto config = read_web_config(in_force);
    REQUIRE(config);
    CHECK(config->tls);
    CHECK(config->users.contains("prometheus"));
}

} // namespace
} // namespace gls::web
