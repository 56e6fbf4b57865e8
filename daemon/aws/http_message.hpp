// One HTTP exchange with AWS, or with a credentials host, as plain values. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gls::aws {

struct Header {
    std::string name; // compared without case
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

// Where a request goes. `base_path` has no trailing slash ("" for the root).
struct Endpoint {
    std::string scheme{"https"}; // http or https
    std::string host;            // a name, an IPv4 address, or an IPv6 address without brackets
    std::uint16_t port{443};
    std::string base_path;
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct HttpRequest {
    Endpoint endpoint;
    std::string method{"GET"};
    std::string target{"/"};     // path (base_path included) and query, exactly as on the wire
    std::vector<Header> headers; // Host and Content-Length are added by the transport where missing
    std::string body;
    bool may_use_proxy{true}; // false for IMDS and container hosts
    // Sent again where a kept connection turns out to be closed, if it is a GET; false for whoever
    // has to count every request.
    bool may_be_resent{true};

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    // Replaces the value where the header is there, else adds it at the end.
    void set_header(std::string_view name, std::string value);
};

struct HttpResponse {
    int status{0};
    std::vector<Header> headers;
    std::string body; // decompressed; has simdjson's padding as spare capacity

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

[[nodiscard]] bool same_name(std::string_view a,
                             std::string_view b) noexcept; // header names: ASCII case folded

// The Host header: brackets around IPv6, the port only where it is not the scheme's own.
[[nodiscard]] std::string host_header(const Endpoint& endpoint);

} // namespace gls::aws
