#include "web/listen_address.hpp"

#include <charconv>

namespace gls::web {
namespace {

std::unexpected<Error> wrong(std::string_view text) {
    return fail(ErrorKind::invalid_input,
                "listen address '" + std::string{text} +
                    "': expected host:port, :port or [IPv6 address]:port, port 0 to 65535");
}

} // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return wrong(text);
    auto host = text.substr(0, colon);
    const auto digits = text.substr(colon + 1);

    ListenAddress address;
    const char* const begin = digits.data();
    const char* const end = begin + digits.size();
    const auto [stopped, error] = std::from_chars(begin, end, address.port);
    if (error != std::errc{} || stopped != end) return wrong(text);

    if (host.starts_with('[')) {
        if (!host.ends_with(']') || host.size() < 3) return wrong(text);
        host = host.substr(1, host.size() - 2);
        if (host.find(':') == std::string_view::npos) return wrong(text);
    } else if (host.find_first_of(":[]") != std::string_view::npos) {
        return wrong(text); // an IPv6 address needs brackets
    }
    address.host = host;
    return address;
}

std::string address_text(const ListenAddress& address) {
    const bool six = address.host.find(':') != std::string::npos;
    const auto host = six ? '[' + address.host + ']' : address.host;
    return host + ':' + std::to_string(address.port);
}

} // namespace gls::web
