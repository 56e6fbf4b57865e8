#include "aws/text/percent.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gls::aws {

namespace {

constexpr std::array<bool, 256> unreserved = [] {
    std::array<bool, 256> table{};
    for (const char c :
         std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"}) {
        table[static_cast<std::uint8_t>(c)] = true;
    }
    return table;
}();

constexpr int digit_of(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

} // namespace

void append_percent_encoded(std::string& out, std::string_view text, Slash slash) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto is_plain = [slash](char c) {
        return unreserved[static_cast<std::uint8_t>(c)] || (c == '/' && slash == Slash::keep);
    };
    while (true) { // run by run, because nearly all text is plain
        const auto end = std::ranges::find_if_not(text, is_plain);
        const auto run = static_cast<std::size_t>(end - text.begin());
        out += text.substr(0, run);
        if (run == text.size()) return;
        const auto byte = static_cast<std::uint8_t>(text[run]);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
        text.remove_prefix(run + 1);
    }
}

std::string percent_encoded(std::string_view text, Slash slash) {
    std::string out;
    out.reserve(text.size() + text.size() / 2);
    append_percent_encoded(out, text, slash);
    return out;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (true) {
        const std::size_t mark = text.find('%');
        out += text.substr(0, mark);
        if (mark == std::string_view::npos) return out;
        text.remove_prefix(mark);
        const int high = text.size() > 2 ? digit_of(text[1]) : -1;
        const int low = text.size() > 2 ? digit_of(text[2]) : -1;
        const bool encoded = high >= 0 && low >= 0;
        out += encoded ? static_cast<char>(high * 16 + low) : '%';
        text.remove_prefix(encoded ? 3 : 1);
    }
}

} // namespace gls::aws
