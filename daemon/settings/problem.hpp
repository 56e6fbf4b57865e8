// What is wrong with a settings file: where, which key, and what would be right. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gls::settings {

struct Place {
    std::size_t line{1};   // from 1
    std::size_t column{1}; // in characters, from 1
    friend auto operator<=>(const Place&, const Place&) = default;
};

struct Problem {
    Place place;
    std::string path; // "targets[1].region"; empty: the file as a whole
    std::string message;
};
using Problems = std::vector<Problem>;

// file:line:column: path: message
[[nodiscard]] std::string text_of(const Problem& problem, std::string_view file);

// The value as an error text may show it: in quotation marks, control characters escaped, cut to a
// line's length, and not shown at all where it looks like a key, a token or a URL with a password.
[[nodiscard]] std::string shown(std::string_view value);

} // namespace gls::settings
