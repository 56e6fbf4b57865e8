#include "web/config/read_web_config.hpp"

#include "settings/read_document.hpp"
#include "web/config/check_web_config.hpp"

#include <array>

namespace gls::web {
namespace {

using settings::Choice;
using settings::Reader;

constexpr std::array<Choice<ClientAuth>, 6> client_auth_types{
    {{"NoClientCert", ClientAuth::no_client_cert},
     {"RequestClientCert", ClientAuth::request_client_cert},
     {"RequireAnyClientCert", ClientAuth::require_any_client_cert},
     {"RequireClientCert", ClientAuth::require_any_client_cert}, // the toolkit's older name
     {"VerifyClientCertIfGiven", ClientAuth::verify_client_cert_if_given},
     {"RequireAndVerifyClientCert", ClientAuth::require_and_verify_client_cert}}};

constexpr std::array<Choice<TlsVersion>, 4> versions{{{"TLS10", TlsVersion::tls10},
                                                      {"TLS11", TlsVersion::tls11},
                                                      {"TLS12", TlsVersion::tls12},
                                                      {"TLS13", TlsVersion::tls13}}};

// Go's cipher suites that OpenSSL has too. TLS 1.3's can be named, as there, but are always on.
constexpr Choice<std::string> suite(std::string_view name) {
    return {name, std::string{name}};
}
const std::array<Choice<std::string>, 17> suites{
    suite("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
    suite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    suite("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
    suite("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
    suite("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
    suite("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"),
    suite("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
    suite("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
    suite("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
    suite("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"),
    suite("TLS_RSA_WITH_AES_128_GCM_SHA256"),
    suite("TLS_RSA_WITH_AES_256_GCM_SHA384"),
    suite("TLS_RSA_WITH_AES_128_CBC_SHA"),
    suite("TLS_RSA_WITH_AES_256_CBC_SHA"),
    suite("TLS_AES_128_GCM_SHA256"),
    suite("TLS_AES_256_GCM_SHA384"),
    suite("TLS_CHACHA20_POLY1305_SHA256")};

const std::array<Choice<std::string>, 4> curves{
    {{"CurveP256", "P-256"}, {"CurveP384", "P-384"}, {"CurveP521", "P-521"}, {"X25519", "X25519"}}};

constexpr const char* first_key = "tls_server_config"; // that most files begin with

void read_tls(Reader& in, TlsConfig& tls) {
    in.secret("cert", tls.cert);
    in.text("cert_file", tls.cert_file);
    in.secret("key", tls.key);
    in.text("key_file", tls.key_file);
    in.secret("client_ca", tls.client_ca);
    in.text("client_ca_file", tls.client_ca_file);
    in.choice("client_auth_type", tls.client_auth, client_auth_types);
    in.texts("client_allowed_sans", tls.client_allowed_sans);
    in.choice("min_version", tls.min_version, versions);
    in.choice("max_version", tls.max_version, versions);
    in.choices("cipher_suites", tls.cipher_suites, suites);
    in.choices("curve_preferences", tls.curve_preferences, curves);
    in.flag("prefer_server_cipher_suites", tls.prefer_server_cipher_suites);
}

void read_headers(Reader& in, std::map<std::string, std::string>& headers) {
    for (const auto* name : {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options",
                             "X-XSS-Protection", "Strict-Transport-Security"}) {
        std::string value;
        in.text(name, value);
        if (!value.empty()) headers[name] = std::move(value);
    }
}

void read_all(Reader& in, WebConfig& config) {
    // Without certificate and key the section means nothing, as in the toolkit: plain HTTP.
    TlsConfig tls;
    in.section("tls_server_config", [&](Reader& section) { read_tls(section, tls); });
    if (in.given("tls_server_config")) config.tls = std::move(tls);
    in.section("http_server_config", [&](Reader& section) {
        bool http2 = true; // read for other exporters' files; HTTP/1.1 is what is served
        section.flag("http2", http2);
        section.section("headers", [&](Reader& inner) { read_headers(inner, config.headers); });
    });
    in.secrets("basic_auth_users", config.users);
    in.section("rate_limit", [&](Reader& section) {
        section.duration("interval", config.rate.interval);
        section.whole("burst", config.rate.burst);
    });
}

} // namespace

std::expected<WebConfig, settings::Problems> read_web_config(std::string_view text) {
    WebConfig config;
    auto problems = settings::read_document(
        text, first_key, [&](Reader& reader) { read_all(reader, config); },
        [&] { return check(config); });
    if (problems.empty()) return config;
    return std::unexpected{std::move(problems)};
}

settings::Problems placed(std::string_view text, const settings::Findings& findings) {
    WebConfig again;
    return settings::read_document(
        text, first_key, [&](Reader& reader) { read_all(reader, again); },
        [&] { return findings; });
}

} // namespace gls::web
