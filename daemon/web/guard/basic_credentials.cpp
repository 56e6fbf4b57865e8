#include "web/guard/basic_credentials.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gls::web {
namespace {

constexpr std::string_view scheme{"basic"};

int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

// RFC 4648 4; padding may be left out.
std::optional<std::string> from_base64(std::string_view text) {
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding)
        text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = value_of(c);
        if (value < 0) return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
    return bytes;
}

} // namespace

std::optional<BasicCredentials> basic_credentials(std::string_view authorization) {
    const auto blank = std::min(authorization.find(' '), authorization.size());
    if (lower_case(authorization.substr(0, blank)) != scheme) return std::nullopt;
    auto token = authorization.substr(blank);
    token.remove_prefix(std::min(token.find_first_not_of(' '), token.size()));
    const auto pair = from_base64(token);
    if (!pair) return std::nullopt;
    const auto colon = pair->find(':');
    // A password after NUL would not be looked at by crypt(3).
    if (colon == std::string::npos || pair->contains('\0')) return std::nullopt;
    return BasicCredentials{pair->substr(0, colon), Secret{pair->substr(colon + 1)}};
}

} // namespace gls::web
