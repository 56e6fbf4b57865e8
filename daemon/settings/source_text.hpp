// The file's bytes before YAML is read from them: what is refused as such, and how a place is
// counted in characters, as editors do. Pure.
#pragma once

#include "settings/problem.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace gls::settings {

inline constexpr std::size_t largest_file_bytes =
    256UL * 1024; // a thousand targets take half of it

// Too large, not UTF-8, control characters, tabs in indentation. After any of the first three the
// text is not worth parsing: `readable` is false.
struct SourceCheck {
    bool readable{true};
    Problems problems;
};
[[nodiscard]] SourceCheck check_source(std::string_view text);

// Where a place is, in a text that passed check_source. The text outlives it.
class SourceLines {
public:
    explicit SourceLines(std::string_view text);
    // From yaml-cpp's count (bytes, from 0) to ours (characters, from 1).
    [[nodiscard]] Place place(int line, int byte_column) const;
    // The text from there on; empty past the end.
    [[nodiscard]] std::string_view text_from(int line, int byte_column) const;

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

} // namespace gls::settings
