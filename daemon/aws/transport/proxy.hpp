// Which requests go through an HTTP proxy: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, lower case first,
// with the exception rules that Go's httpproxy package documents; loopback never goes through one.
// Pure.
#pragma once

#include "aws/http_message.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gls::aws {

struct Proxy {
    std::string host; // an IPv6 address without brackets
    std::uint16_t port{80};
    Secret authorization; // "Basic ...", empty without user information
};

// An IPv6 address, or an IPv4 one in its mapped form, in network order.
using IpBytes = std::array<std::uint8_t, 16>;
[[nodiscard]] std::optional<IpBytes> parse_ip(std::string_view text);

// One entry of NO_PROXY.
struct ProxyException {
    enum class Kind { every, name, suffix, network };
    Kind kind{Kind::every};
    std::string name{};        // lower case, without the leading dot
    IpBytes network{};         // with `prefix_bits` of it that count
    unsigned prefix_bits{128}; // of 128; an IPv4 /8 is 104
    std::optional<std::uint16_t> port{};
};

struct ProxySettings {
    std::optional<Proxy> for_https;
    std::optional<Proxy> for_http;
    std::vector<ProxyException> exceptions;
};

// Errors: invalid_input, naming the variable and what is wrong with it, never its value.
[[nodiscard]] Result<ProxySettings> proxy_settings(const Env& env);

// host:port or http://user:password@host:port; nothing after it but a slash.
[[nodiscard]] Result<Proxy> parse_proxy(std::string_view variable, std::string_view value);

// Names (they match subdomains too), .suffixes and *.suffixes (subdomains only), addresses,
// networks as 10.0.0.0/8, each but networks with an optional :port, and * for everything. Others
// are ignored.
[[nodiscard]] std::vector<ProxyException> parse_no_proxy(std::string_view value);

// The proxy for this endpoint; null to connect directly. Points into `settings`.
[[nodiscard]] const Proxy* proxy_for(const ProxySettings& settings, const Endpoint& endpoint);

} // namespace gls::aws
