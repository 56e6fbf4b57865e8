// A request as it goes on the wire (RFC 9112). Pure.
#pragma once

#include "aws/http_message.hpp"
#include "aws/transport/proxy.hpp"
#include "base/result.hpp"

#include <string>

namespace gls::aws {

// Adds Host, Content-Length (where there is a body, or the method wants one) and Accept-Encoding:
// gzip where missing. Errors: invalid_request, for what would break the message apart. With
// `through`, the proxy that passes on plain HTTP, the target is absolute (RFC 9112 3.2.2).
[[nodiscard]] Result<std::string> request_bytes(const HttpRequest& request,
                                                const Proxy* through = nullptr);

// CONNECT host:port (RFC 9110 9.3.6).
[[nodiscard]] std::string connect_bytes(const Endpoint& endpoint, const Proxy& proxy);

// host:port, with brackets around an IPv6 address.
[[nodiscard]] std::string authority_of(const std::string& host, std::uint16_t port);

} // namespace gls::aws
