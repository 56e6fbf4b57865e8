// The web configuration file of Prometheus' exporter-toolkit as plain structs with their defaults.
// Pure. Format:
// https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gls::web {

// What is asked of clients. Names are Go's.
enum class ClientAuth : unsigned char {
    no_client_cert,
    request_client_cert,         // asked for, not looked at
    require_any_client_cert,     // asked for, has to be there, not verified
    verify_client_cert_if_given, // verified where there is one
    require_and_verify_client_cert,
};

// TLS 1.0 and 1.1 can be written, as in other exporters' files, but are not spoken (RFC 8996).
enum class TlsVersion : unsigned char { tls10, tls11, tls12, tls13 };

// Each text is either the PEM itself or the file that has it; both empty: not given.
struct TlsConfig {
    std::string cert, cert_file;
    std::string key, key_file;
    std::string client_ca, client_ca_file;
    ClientAuth client_auth{ClientAuth::no_client_cert};
    std::vector<std::string> client_allowed_sans; // empty: any name
    TlsVersion min_version{TlsVersion::tls12};
    TlsVersion max_version{TlsVersion::tls13};
    std::vector<std::string> cipher_suites;     // names of RFC 5246 and later; empty: OpenSSL's
    std::vector<std::string> curve_preferences; // OpenSSL's names; empty: OpenSSL's choice
    bool prefer_server_cipher_suites{true};
};

// So many requests at once, and then one in each interval.
struct RateConfig {
    milliseconds interval{0}; // 0: no limit
    std::uint32_t burst{1};
    friend bool operator==(const RateConfig&, const RateConfig&) = default;
};

struct WebConfig {
    std::optional<TlsConfig> tls;             // none: plain HTTP
    std::map<std::string, std::string> users; // name to bcrypt hash; empty: everybody
    std::map<std::string, std::string> headers;
    RateConfig rate;
};

} // namespace gls::web
