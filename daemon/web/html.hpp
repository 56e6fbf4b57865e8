// Text to HTML. Everything that is not ours goes through escaped(). Pure.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::web {

[[nodiscard]] std::string escaped(std::string_view text);    // for content and quoted attributes
[[nodiscard]] std::string number_html(std::uint64_t number); // digits in groups of three
[[nodiscard]] std::string age_html(WallTime then,
                                   WallTime now);   // "12 s ago", which the script updates
[[nodiscard]] std::string time_html(WallTime time); // the instant itself

// A table of cells that are HTML already; each row's first cell is its heading. `classes` go by
// column. `kind` is the class of the table; "cards" are shown one below the other where the window
// is narrow, so their cells know their column's heading.
struct Table {
    std::vector<std::string> head;
    std::vector<std::string_view> classes;
    std::vector<std::vector<std::string>> rows;
    std::string_view kind{};
};
[[nodiscard]] std::string table_html(const Table& table);

// Replaces each {{name}} by the HTML given for it, once: what is put in is not looked at again.
using Parts = std::initializer_list<std::pair<std::string_view, std::string_view>>;
[[nodiscard]] std::string filled(std::string_view text, Parts parts);

} // namespace gls::web
