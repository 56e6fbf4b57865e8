#include "aws/http_message.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace gls::aws {

namespace {

std::optional<std::string_view> find(const std::vector<Header>& headers, std::string_view name) {
    const auto found =
        std::ranges::find_if(headers, [&](const Header& h) { return same_name(h.name, name); });
    if (found == headers.end()) return std::nullopt;
    return found->value;
}

} // namespace

bool same_name(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, [](char x, char y) { return lower_case(x) == lower_case(y); });
}

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
    return find(headers, name);
}

void HttpRequest::set_header(std::string_view name, std::string value) {
    const auto found =
        std::ranges::find_if(headers, [&](const Header& h) { return same_name(h.name, name); });
    if (found == headers.end()) {
        headers.push_back(Header{std::string{name}, std::move(value)});
    } else {
        found->value = std::move(value);
    }
}

std::optional<std::string_view> HttpResponse::header(std::string_view name) const {
    return find(headers, name);
}

std::string host_header(const Endpoint& endpoint) {
    std::string host = endpoint.host.contains(':') ? '[' + endpoint.host + ']' : endpoint.host;
    if (endpoint.port != (endpoint.scheme == "https" ? 443 : 80)) {
        host += ':' + std::to_string(endpoint.port);
    }
    return host;
}

} // namespace gls::aws
