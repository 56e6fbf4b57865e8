#include "web/request_path.hpp"

#include <algorithm>
#include <charconv>

namespace gls::web {
namespace {

std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto plain = std::min(text.find('%'), text.size());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        if (text.size() < 3) return std::nullopt;
        unsigned char byte{};
        const auto* const end = text.data() + 3;
        const auto [stopped, error] = std::from_chars(text.data() + 1, end, byte, 16);
        if (error != std::errc{} || stopped != end) return std::nullopt;
        out += static_cast<char>(byte);
        text.remove_prefix(3);
    }
    return out;
}

} // namespace

std::optional<std::string> request_path(std::string_view target) {
    if (!target.starts_with('/')) {
        const auto scheme_end = target.find("://");
        if (scheme_end == std::string_view::npos) return std::nullopt;
        target.remove_prefix(scheme_end + 3);
        target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
        if (!target.starts_with('/')) return "/"; // http://host or http://host?query
    }
    return decoded(target.substr(0, target.find('?')));
}

} // namespace gls::web
