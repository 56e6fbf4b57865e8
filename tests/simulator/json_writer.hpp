// Writes JSON text front to back: knows where a comma goes, and writes numbers and instants without
// the C++ streams. Callers pair begin and end themselves. Pure.
#pragma once

#include "simulator/session.hpp"

#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace gls::simulator {

// Seconds with three decimals, as restJson1 writes timestamps by default.
inline void append_seconds(std::string& text, Millis time) {
    std::array<char, 24> digits{};
    if (time < 0) text += '-';
    const auto size = time < 0 ? -time : time;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size / 1000).ptr;
    const auto rest = size % 1000;
    text.append(digits.data(), end);
    const char fraction[] = {'.', static_cast<char>('0' + rest / 100),
                             static_cast<char>('0' + rest / 10 % 10),
                             static_cast<char>('0' + rest % 10)};
    text.append(fraction, sizeof fraction);
}

class JsonWriter {
public:
    explicit JsonWriter(std::string& text) : text_(text) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }

    JsonWriter& key(std::string_view name) { // a plain name, nothing to escape
        comma();
        text_ += '"';
        text_ += name;
        text_ += "\":";
        first_ = true; // the value takes no comma
        return *this;
    }
    JsonWriter& value(std::string_view content) {
        comma();
        text_ += '"';
        for (const auto letter : content)
            append_escaped(letter);
        text_ += '"';
        return *this;
    }
    JsonWriter& number(std::uint64_t content) { return digits(content); }
    JsonWriter& decimal(double content) { return digits(content); }
    JsonWriter& truth(bool content) { return raw(content ? "true" : "false"); }
    JsonWriter& seconds(Millis time) {
        comma();
        append_seconds(text_, time);
        return *this;
    }
    JsonWriter& raw(std::string_view json) {
        comma();
        text_ += json;
        return *this;
    }

    JsonWriter& member(std::string_view name, std::string_view content) {
        return key(name).value(content);
    }
    JsonWriter& member(std::string_view name, std::uint64_t content) {
        return key(name).number(content);
    }

private:
    JsonWriter& open(char bracket) {
        comma();
        text_ += bracket;
        first_ = true;
        return *this;
    }
    JsonWriter& close(char bracket) {
        text_ += bracket;
        first_ = false;
        return *this;
    }
    void comma() {
        if (!first_) text_ += ',';
        first_ = false;
    }
    template <typename Number>
    JsonWriter& digits(Number content) {
        comma();
        std::array<char, 32> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), content).ptr;
        text_.append(buffer.data(), end);
        return *this;
    }
    void append_escaped(char letter) {
        constexpr std::string_view hex = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20) {
            text_ += "\\u00";
            text_ += hex[byte / 16];
            text_ += hex[byte % 16];
            return;
        }
        if (letter == '"' || letter == '\\') text_ += '\\';
        text_ += letter;
    }

    std::string& text_;
    bool first_{true};
};

} // namespace gls::simulator
