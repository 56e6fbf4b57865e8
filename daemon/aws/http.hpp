// One HTTP exchange with AWS, or with a credentials host, as plain values, and the seam behind which
// sockets live. Real: tls_transport (Beast); in tests: ScriptedTransport.
#pragma once

#include "base/result.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

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
    std::string base_path{};
    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct HttpRequest {
    Endpoint endpoint;
    std::string method{"GET"};
    std::string target{"/"};     // path and query exactly as they go on the wire
    std::vector<Header> headers; // Host and Content-Length are added by the transport where missing
    std::string body{};
    bool may_use_proxy{true};    // false for IMDS and container hosts
};

struct HttpResponse {
    int status{0};
    std::vector<Header> headers;
    std::string body; // decompressed; has simdjson's padding as spare capacity

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

struct Deadlines {
    milliseconds connect{3000};  // name, connection and handshake, all addresses together
    milliseconds request{10000}; // from the first byte sent to the last byte read
    std::size_t max_body_bytes{8U << 20U};
};

class Transport {
  public:
    virtual ~Transport() = default;
    // Errors: timeout, connection, tls, malformed (not HTTP, body over the cap, bad gzip), cancelled.
    // Any status is a response, not an error.
    [[nodiscard]] virtual Task<Result<HttpResponse>> send(HttpRequest request, Deadlines deadlines) = 0;
};

} // namespace gls::aws
