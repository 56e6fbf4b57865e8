#include "settings/problem.hpp"

#include "settings/phrase.hpp"

#include <algorithm>

namespace gls::settings {
namespace {

constexpr std::size_t shown_characters = 48; // longer values add nothing to recognising them
constexpr std::size_t path_characters = 200; // longer than every path of known keys
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

// At most `characters` of the text, control characters escaped.
std::string printable(std::string_view text, std::size_t characters) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool begins_a_character = (byte & 0xC0U) != 0x80U;
        if (begins_a_character && characters-- == 0) return out += "...";
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\x";
            out += hexadecimal[byte >> 4U];
            out += hexadecimal[byte & 0xFU];
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace

std::string text_of(const Problem& problem, std::string_view file) {
    // A label's name is part of the path and may be anything.
    const auto path = printable(problem.path, path_characters);
    return phrase(file, ":", problem.place.line, ":", problem.place.column, ": ", path,
                  path.empty() ? "" : ": ", problem.message);
}

std::string shown(std::string_view value) {
    if (looks_secret(value)) return "the value (not shown, it looks like a secret)";
    return phrase('"', printable(value, shown_characters), '"');
}

} // namespace gls::settings
