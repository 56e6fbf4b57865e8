#include "settings/source_text.hpp"

#include "settings/phrase.hpp"

#include <algorithm>
#include <optional>

namespace gls::settings {
namespace {

constexpr std::string_view byte_order_mark{"\xEF\xBB\xBF"};

// Length of the UTF-8 sequence at the front (RFC 3629: shortest form, no surrogates); 0 = not
// UTF-8.
std::size_t sequence_length(std::string_view rest) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                               : first >= 0xE0 && first <= 0xEF ? 3
                               : first >= 0xF0 && first <= 0xF4 ? 4
                                                                : 0;
    if (length == 0 || rest.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool not_a_character = (first == 0xED && byte(1) > 0x9F) || // surrogates
                                 (first == 0xF4 && byte(1) > 0x8F);   // past U+10FFFF
    return overlong || not_a_character ? 0 : length;
}

std::optional<Problem> unreadable(std::string_view text) {
    if (text.size() > largest_file_bytes) {
        return Problem{{},
                       "",
                       phrase("the file has ", text.size(), " bytes; at most ", largest_file_bytes,
                              " are read")};
    }
    Place place;
    for (std::size_t i = 0; i < text.size();) {
        const auto length = sequence_length(text.substr(i));
        if (length == 0) {
            return Problem{place, "", "a byte that is not UTF-8; save the file as UTF-8"};
        }
        const char c = text[i];
        if ((c >= 0 && c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F) {
            return Problem{place, "", "a control character; remove it"};
        }
        i += length;
        place = c == '\n' ? Place{place.line + 1, 1} : Place{place.line, place.column + 1};
    }
    return std::nullopt;
}

// YAML forbids tabs as indentation; yaml-cpp takes some of them for text, so they are found here.
Problems indenting_tabs(std::string_view text) {
    Problems problems;
    std::size_t number = 1;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = text.substr(begin, end - begin);
        const auto indent = std::min(line.find_first_not_of(" \t"), line.size());
        const auto tab = line.substr(0, indent).find('\t');
        const bool says_something =
            indent < line.size() && line[indent] != '#' && line[indent] != '\r';
        if (tab != std::string_view::npos && says_something) {
            problems.push_back(
                {{number, tab + 1}, "", "a tab in the indentation; YAML takes only blanks"});
        }
        begin = end + 1;
    }
    return problems;
}

} // namespace

SourceCheck check_source(std::string_view text) {
    if (auto problem = unreadable(text)) return {false, {*std::move(problem)}};
    return {true, indenting_tabs(text)};
}

SourceLines::SourceLines(std::string_view text) : text_{text} {
    starts_.push_back(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') starts_.push_back(i + 1);
    }
}

std::string_view SourceLines::text_from(int line, int byte_column) const {
    const auto index = static_cast<std::size_t>(std::max(line, 0));
    if (index >= starts_.size()) return {};
    const auto begin = starts_[index] + static_cast<std::size_t>(std::max(byte_column, 0));
    return begin < text_.size() ? text_.substr(begin) : std::string_view{};
}

Place SourceLines::place(int line, int byte_column) const {
    const auto bytes = static_cast<std::size_t>(std::max(byte_column, 0));
    const auto before = text_from(line, 0).substr(0, bytes);
    const auto continuing = std::ranges::count_if(
        before, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
    return {static_cast<std::size_t>(std::max(line, 0)) + 1,
            bytes - static_cast<std::size_t>(continuing) + 1};
}

} // namespace gls::settings
