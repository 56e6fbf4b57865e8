#include "aws/transport/proxy.hpp"

#include "aws/text/base64.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <utility>

namespace gls::aws {
namespace {

constexpr IpBytes mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0};
constexpr unsigned mapped_bits = 96; // RFC 4291 2.5.5.2

struct Authority {
    std::string_view host;
    std::optional<std::string_view> port;
};

// host, host:port, [v6], [v6]:port; a text with several colons and no brackets is one IPv6 address.
std::optional<Authority> split_authority(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        const Authority bare{text.substr(1, close - 1), std::nullopt};
        if (bare.host.find(':') == std::string_view::npos) return std::nullopt;
        if (close + 1 == text.size()) return bare;
        if (text[close + 1] != ':') return std::nullopt;
        return Authority{bare.host, text.substr(close + 2)};
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
        return Authority{text, std::nullopt};
    return Authority{text.substr(0, colon), text.substr(colon + 1)};
}

bool is_host(std::string_view host) {
    if (host.find(':') != std::string_view::npos) return parse_ip(host).has_value();
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
        return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
    });
}

std::optional<std::string> strictly_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        unsigned byte = 0;
        if (text.size() - i < 3) return std::nullopt;
        const char* const first = text.data() + i + 1;
        const auto [end, error] = std::from_chars(first, first + 2, byte, 16);
        if (error != std::errc{} || end != first + 2) return std::nullopt;
        decoded += static_cast<char>(byte);
        i += 2;
    }
    return decoded;
}

std::optional<std::string> from_env(const Env& env, const std::string& name) {
    if (auto value = env.get(lower_case(name))) return value; // set to nothing: no proxy
    return env.get(name);
}

Result<std::optional<Proxy>> proxy_from(const Env& env, const std::string& name) {
    const auto value = from_env(env, name);
    if (!value || trimmed(*value).empty()) return std::nullopt;
    return parse_proxy(name, *value);
}

std::optional<ProxyException> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const std::string_view address = text.substr(0, slash);
    const std::string_view bits = text.substr(slash + 1);
    const auto network = parse_ip(address);
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(bits.data(), bits.data() + bits.size(), prefix);
    if (!network || error != std::errc{} || end != bits.data() + bits.size()) return std::nullopt;
    const bool v6 = address.find(':') != std::string_view::npos;
    if (prefix > (v6 ? 128U : 32U)) return std::nullopt;
    ProxyException exception;
    exception.kind = ProxyException::Kind::network;
    exception.network = *network;
    exception.prefix_bits = v6 ? prefix : mapped_bits + prefix;
    return exception;
}

std::optional<ProxyException> parse_exception(std::string_view entry) {
    if (entry == "*") return ProxyException{};
    if (entry.find('/') != std::string_view::npos) return parse_network(entry);
    const auto authority = split_authority(entry);
    if (!authority) return std::nullopt;
    ProxyException exception;
    if (authority->port) {
        exception.port = port_of(*authority->port);
        if (!exception.port) return std::nullopt;
    }
    if (const auto address = parse_ip(authority->host)) {
        exception.kind = ProxyException::Kind::network;
        exception.network = *address;
        return exception;
    }
    std::string_view name = authority->host;
    if (name.starts_with("*.")) name.remove_prefix(1);
    exception.kind =
        name.starts_with('.') ? ProxyException::Kind::suffix : ProxyException::Kind::name;
    if (name.starts_with('.')) name.remove_prefix(1);
    if (name.ends_with('.')) name.remove_suffix(1);
    if (!is_host(name)) return std::nullopt;
    exception.name = lower_case(name);
    return exception;
}

bool in_network(const IpBytes& address, const ProxyException& exception) {
    for (unsigned bit = 0; bit < exception.prefix_bits; bit += 8) {
        const unsigned counted = std::min(8U, exception.prefix_bits - bit);
        const unsigned mask = 0xFF00U >> counted & 0xFFU;
        if (((address[bit / 8] ^ exception.network[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

bool applies(const ProxyException& exception, const std::string& host,
             const std::optional<IpBytes>& address, std::uint16_t port) {
    if (exception.port && *exception.port != port) return false;
    switch (exception.kind) {
    case ProxyException::Kind::every:
        return true;
    case ProxyException::Kind::network:
        return address && in_network(*address, exception);
    case ProxyException::Kind::name:
        if (host == exception.name) return true;
        [[fallthrough]];
    case ProxyException::Kind::suffix:
        return !address && host.ends_with('.' + exception.name);
    }
    return false;
}

bool is_loopback(const std::string& host, const std::optional<IpBytes>& address) {
    if (!address) return host == "localhost";
    static constexpr IpBytes v6_loopback{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    const bool v4 = std::equal(mapped_prefix.begin(), mapped_prefix.begin() + 12, address->begin());
    return *address == v6_loopback || (v4 && (*address)[12] == 127);
}

} // namespace

std::optional<IpBytes> parse_ip(std::string_view text) {
    const std::string terminated{text};
    if (terminated.find('\0') != std::string::npos) return std::nullopt;
    IpBytes bytes{};
    if (::inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return bytes;
    bytes = mapped_prefix;
    if (::inet_pton(AF_INET, terminated.c_str(), bytes.data() + mapped_bits / 8) == 1) return bytes;
    return std::nullopt;
}

Result<Proxy> parse_proxy(std::string_view variable, std::string_view value) {
    const auto wrong = [&](std::string_view what) {
        return fail(ErrorKind::invalid_input,
                    std::string{variable} + ": " + std::string{what} + "; write http://host:port");
    };
    std::string_view rest = trimmed(value);
    if (const auto end = rest.find("://"); end != std::string_view::npos) {
        if (lower_case(rest.substr(0, end)) != "http")
            return wrong("only proxies that are spoken to in plain HTTP are supported");
        rest.remove_prefix(end + 3);
    }
    Proxy proxy;
    // The last @: passwords that hold one unescaped are common, host names never do.
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
        const auto user = strictly_decoded(rest.substr(0, at));
        if (!user) return wrong("a % in the user information is not followed by two hex digits");
        const bool has_colon = user->find(':') != std::string::npos;
        proxy.authorization = Secret{"Basic " + base64(has_colon ? *user : *user + ':')};
        rest.remove_prefix(at + 1);
    }
    if (rest.ends_with('/')) rest.remove_suffix(1);
    const auto authority = split_authority(rest);
    if (!authority || !is_host(authority->host))
        return wrong("the host is not a name or an address");
    proxy.host = lower_case(authority->host);
    if (authority->port) {
        const auto port = port_of(*authority->port);
        if (!port) return wrong("the port is not a number from 1 to 65535");
        proxy.port = *port;
    }
    return proxy;
}

Result<ProxySettings> proxy_settings(const Env& env) {
    ProxySettings settings;
    auto for_https = proxy_from(env, "HTTPS_PROXY");
    if (!for_https) return std::unexpected{std::move(for_https.error())};
    settings.for_https = std::move(*for_https);
    auto for_http = proxy_from(env, "HTTP_PROXY");
    if (!for_http) return std::unexpected{std::move(for_http.error())};
    settings.for_http = std::move(*for_http);
    settings.exceptions = parse_no_proxy(from_env(env, "NO_PROXY").value_or(""));
    return settings;
}

std::vector<ProxyException> parse_no_proxy(std::string_view value) {
    std::vector<ProxyException> exceptions;
    while (!value.empty()) {
        const auto end = value.find_first_of(", \t\r\n");
        const std::string_view entry = value.substr(0, end);
        value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
        if (entry.empty()) continue;
        if (auto exception = parse_exception(entry)) exceptions.push_back(std::move(*exception));
    }
    return exceptions;
}

const Proxy* proxy_for(const ProxySettings& settings, const Endpoint& endpoint) {
    const auto& proxy = endpoint.scheme == "https" ? settings.for_https : settings.for_http;
    if (!proxy) return nullptr;
    std::string host = lower_case(endpoint.host);
    if (host.ends_with('.')) host.pop_back();
    const auto address = parse_ip(host);
    if (is_loopback(host, address)) return nullptr;
    const bool direct = std::ranges::any_of(settings.exceptions, [&](const ProxyException& e) {
        return applies(e, host, address, endpoint.port);
    });
    return direct ? nullptr : &*proxy;
}

} // namespace gls::aws
