#include "web/json.hpp"

#include <array>
#include <charconv>

namespace gls::web {

void Json::separate() {
    if (!first_) out_ += ',';
    first_ = false;
}

void Json::quote(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            constexpr std::string_view digits{"0123456789abcdef"};
            out_ += "\\u00";
            out_ += digits[static_cast<unsigned char>(c) >> 4U];
            out_ += digits[static_cast<unsigned char>(c) & 0xfU];
        } else {
            out_ += c;
        }
    }
    out_ += '"';
}

Json& Json::key(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
    first_ = true;
    return *this;
}

Json& Json::raw(std::string_view text) {
    separate();
    out_ += text;
    return *this;
}

Json& Json::value(std::string_view text) {
    separate();
    quote(text);
    return *this;
}

Json& Json::value(double number) {
    if (!std::isfinite(number)) return null();
    std::array<char, 32> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return raw({digits.data(), written.ptr});
}

Json& Json::open(char bracket) {
    separate();
    out_ += bracket;
    first_ = true;
    return *this;
}

Json& Json::close(char bracket) {
    out_ += bracket;
    first_ = false;
    return *this;
}

} // namespace gls::web
