#include "settings/problem.hpp"

#include "settings/phrase.hpp"

#include <algorithm>

namespace gls::settings {
namespace {

constexpr std::size_t shown_characters = 48; // longer values add nothing to recognising them
constexpr std::size_t token_characters = 32; // no name, region or number has a longer unbroken run

constexpr std::string_view hexadecimal{"0123456789abcdef"};

bool is_token_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
           c == '/' || c == '=';
}

bool looks_secret(std::string_view value) {
    std::size_t run = 0;
    for (const char c : value) {
        run = is_token_character(c) ? run + 1 : 0;
        if (run >= token_characters) return true;
    }
    for (const std::string_view prefix : {"AKIA", "ASIA"}) { // AWS access keys, long-lived and not
        if (value.find(prefix) != std::string_view::npos) return true;
    }
    const auto scheme = value.find("//");
    return scheme != std::string_view::npos && value.find('@', scheme) != std::string_view::npos;
}

} // namespace

std::string text_of(const Problem& problem, std::string_view file) {
    return phrase(file, ":", problem.place.line, ":", problem.place.column, ": ", problem.path,
                  problem.path.empty() ? "" : ": ", problem.message);
}

std::string shown(std::string_view value) {
    if (looks_secret(value)) return "the value (not shown, it looks like a secret)";
    std::string out{'"'};
    std::size_t characters = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto c = static_cast<unsigned char>(value[i]);
        const bool continues = (c & 0xC0U) == 0x80U;
        if (!continues && characters++ == shown_characters) {
            out += "...";
            break;
        }
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c < 0x20 || c == 0x7F) {
            out += "\\x";
            out += hexadecimal[c >> 4U];
            out += hexadecimal[c & 0xFU];
        } else {
            out += value[i];
        }
    }
    return out += '"';
}

} // namespace gls::settings
