#include "aws/transport/request_bytes.hpp"

#include <algorithm>
#include <string_view>

namespace gls::aws {
namespace {

bool is_token(std::string_view text) { // RFC 9110 5.6.2
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    });
}

bool is_target(std::string_view text) {
    return text.starts_with('/') &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

bool is_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void put_header(std::string& bytes, std::string_view name, std::string_view value) {
    bytes += name;
    bytes += ": ";
    bytes += value;
    bytes += "\r\n";
}

} // namespace

std::string authority_of(const std::string& host, std::uint16_t port) {
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

Result<std::string> request_bytes(const HttpRequest& request, const Proxy* through) {
    if (!is_token(request.method) || !is_target(request.target))
        return fail(ErrorKind::invalid_request,
                    "the method or the target of a request is not valid HTTP");
    const std::string host = host_header(request.endpoint);
    std::string bytes;
    bytes.reserve(1024 + request.target.size() + request.body.size());
    bytes += request.method;
    bytes += ' ';
    if (through != nullptr) bytes += request.endpoint.scheme + "://" + host;
    bytes += request.target;
    bytes += " HTTP/1.1\r\n";
    if (!request.header("Host")) put_header(bytes, "Host", host);
    for (const Header& header : request.headers) {
        if (!is_token(header.name) || !is_value(header.value))
            return fail(ErrorKind::invalid_request, "a header of a request is not valid HTTP");
        put_header(bytes, header.name, header.value);
    }
    if (!request.header("Accept-Encoding")) put_header(bytes, "Accept-Encoding", "gzip");
    const bool wants_length =
        !request.body.empty() || request.method == "POST" || request.method == "PUT";
    if (wants_length && !request.header("Content-Length"))
        put_header(bytes, "Content-Length", std::to_string(request.body.size()));
    if (through != nullptr && !through->authorization.empty())
        put_header(bytes, "Proxy-Authorization", through->authorization.reveal());
    bytes += "\r\n";
    bytes += request.body;
    return bytes;
}

std::string connect_bytes(const Endpoint& endpoint, const Proxy& proxy) {
    const std::string authority = authority_of(endpoint.host, endpoint.port);
    std::string bytes = "CONNECT " + authority + " HTTP/1.1\r\n";
    put_header(bytes, "Host", authority);
    if (!proxy.authorization.empty())
        put_header(bytes, "Proxy-Authorization", proxy.authorization.reveal());
    bytes += "\r\n";
    return bytes;
}

} // namespace gls::aws
