#include "web/config/check_web_config.hpp"

#include "base/ascii.hpp"
#include "settings/phrase.hpp"
#include "settings/problem.hpp"

#include <algorithm>

namespace gls::web {
namespace {

using settings::Finding;
using settings::Findings;
using settings::phrase;

constexpr std::size_t bcrypt_length = 60;
constexpr int dearest_cost = 15; // a check takes seconds; each step more doubles it
constexpr std::uint32_t most_burst = 1'000'000;
constexpr milliseconds longest_interval{std::chrono::hours{1}};

bool printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Exactly one of a text and a file.
void check_source(std::string_view key, const std::string& text, const std::string& file,
                  bool needed, Findings& findings) {
    const auto path = phrase("tls_server_config.", key);
    if (!text.empty() && !file.empty()) {
        findings.push_back(
            {path, phrase("given beside ", key, "_file; keep one of the two"), path + "_file"});
    } else if (needed && text.empty() && file.empty()) {
        findings.push_back(
            {path + "_file", phrase("missing; TLS needs ", key, "_file or ", key), path});
    }
}

void check_client_auth(const TlsConfig& tls, Findings& findings) {
    const std::string type = "tls_server_config.client_auth_type";
    const std::string authority = "tls_server_config.client_ca_file";
    const bool has_authority = !tls.client_ca.empty() || !tls.client_ca_file.empty();
    const bool verifies = tls.client_auth == ClientAuth::verify_client_cert_if_given ||
                          tls.client_auth == ClientAuth::require_and_verify_client_cert;
    if (verifies && !has_authority) {
        findings.push_back(
            {type, "verifies clients; say by whom in client_ca_file or client_ca", authority});
    }
    if (has_authority && !verifies) {
        findings.push_back({type,
                            "a client CA is given, but no client is verified; write "
                            "RequireAndVerifyClientCert or VerifyClientCertIfGiven",
                            authority});
    }
    if (!tls.client_allowed_sans.empty() && !verifies) {
        findings.push_back({"tls_server_config.client_allowed_sans",
                            "names are only known of verified clients; write client_auth_type: "
                            "RequireAndVerifyClientCert",
                            type});
    }
    for (std::size_t i = 0; i < tls.client_allowed_sans.size(); ++i) {
        if (!tls.client_allowed_sans[i].empty()) continue;
        findings.push_back({phrase("tls_server_config.client_allowed_sans[", i, "]"),
                            "empty; write a DNS name, address, e-mail address or URI"});
    }
}

void check_tls(const TlsConfig& tls, Findings& findings) {
    check_source("cert", tls.cert, tls.cert_file, true, findings);
    check_source("key", tls.key, tls.key_file, true, findings);
    check_source("client_ca", tls.client_ca, tls.client_ca_file, false, findings);
    check_client_auth(tls, findings);
    if (tls.max_version < TlsVersion::tls12) {
        findings.push_back({"tls_server_config.max_version",
                            "TLS 1.0 and 1.1 are not spoken (RFC 8996); write TLS12 or TLS13"});
    } else if (tls.max_version < tls.min_version) {
        findings.push_back({"tls_server_config.max_version",
                            "lower than min_version; no version is left",
                            "tls_server_config.min_version"});
    }
    const auto spoken_in_tls12 = [](const std::string& suite) { return suite.contains("_WITH_"); };
    if (!tls.cipher_suites.empty() && tls.min_version < TlsVersion::tls13 &&
        std::ranges::none_of(tls.cipher_suites, spoken_in_tls12)) {
        findings.push_back({"tls_server_config.cipher_suites",
                            "none of them is one of TLS 1.2; name one, or write min_version: TLS13",
                            "tls_server_config.min_version"});
    }
}

bool is_bcrypt(std::string_view hash) {
    const bool form =
        hash.size() == bcrypt_length && hash[6] == '$' &&
        (hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$"));
    return form && std::ranges::all_of(hash.substr(7), [](char c) {
               return is_letter_or_digit(c) || c == '.' || c == '/';
           });
}

void check_users(const std::map<std::string, std::string>& users, Findings& findings) {
    for (const auto& [name, hash] : users) {
        const auto path = phrase("basic_auth_users.", name);
        if (name.empty() || name.contains(':') || !printable(name)) {
            findings.push_back({path,
                                "a user's name has at least one printable ASCII character, and no "
                                "colon",
                                {},
                                true});
        }
        if (!is_bcrypt(hash)) {
            findings.push_back({path, "not a bcrypt hash; make one with: htpasswd -nBC 10 <name>"});
            continue;
        }
        const bool digits = is_digit(hash[4]) && is_digit(hash[5]);
        const int cost = digits ? (hash[4] - '0') * 10 + (hash[5] - '0') : 0;
        if (cost < 4 || cost > dearest_cost) {
            findings.push_back({path, phrase("a bcrypt cost of 4 to ", dearest_cost,
                                             " is taken; make one with: htpasswd -nBC 10 <name>")});
        }
    }
}

void check_headers(const std::map<std::string, std::string>& headers, Findings& findings) {
    for (const auto& [name, value] : headers) {
        const auto path = phrase("http_server_config.headers.", name);
        const auto one_of = [&](std::initializer_list<std::string_view> values) {
            return std::ranges::find(values, lower_case(value)) != values.end();
        };
        if (!printable(value)) {
            findings.push_back({path, "a header has printable ASCII characters only"});
        } else if (name == "X-Frame-Options" && !one_of({"deny", "sameorigin"})) {
            findings.push_back({path, "write deny or sameorigin"});
        } else if (name == "X-Content-Type-Options" && !one_of({"nosniff"})) {
            findings.push_back({path, "write nosniff"});
        }
    }
}

} // namespace

Findings check(const WebConfig& config) {
    Findings findings;
    if (config.tls) check_tls(*config.tls, findings);
    check_users(config.users, findings);
    check_headers(config.headers, findings);
    if (config.rate.interval > longest_interval) {
        findings.push_back(
            {"rate_limit.interval", "longer than an hour; write 0 (no limit) to 1h"});
    }
    if (config.rate.burst < 1 || config.rate.burst > most_burst) {
        findings.push_back({"rate_limit.burst", phrase("out of range; write 1 to ", most_burst)});
    }
    return findings;
}

} // namespace gls::web
