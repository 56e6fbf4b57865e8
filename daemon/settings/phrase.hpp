// A sentence from its parts: GCC 12 has no <format>. Pure.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace gls::settings {

inline void append(std::string& out, std::string_view part) {
    out += part;
}
inline void append(std::string& out, char part) {
    out += part;
}

template <class Number>
    requires(std::integral<Number> || std::floating_point<Number>)
void append(std::string& out, Number number) {
    std::array<char, 32> digits{}; // the longest double has 24 characters
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

template <class... Parts>
[[nodiscard]] std::string phrase(const Parts&... parts) {
    std::string out;
    (append(out, parts), ...);
    return out;
}

} // namespace gls::settings
