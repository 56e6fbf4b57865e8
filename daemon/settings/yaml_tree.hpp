// YAML text as a small tree that remembers where each part stands. yaml-cpp's own nodes hide
// duplicate keys and expand aliases without bound; its events show everything, so the tree is built
// from those, under limits. Pure.
#pragma once

#include "settings/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gls::settings {

struct YamlEntry;

struct YamlNode {
    enum class Kind { null, plain, quoted, sequence, mapping };
    Kind kind{Kind::null};
    Place place;
    std::string text;               // plain and quoted: as written, escapes resolved
    std::vector<YamlNode> items;    // sequence
    std::vector<YamlEntry> entries; // mapping, in the file's order, duplicates included
};

struct YamlEntry {
    std::string key;
    Place key_place;
    YamlNode value;
};

inline constexpr std::size_t most_nodes = 20'000; // aliases count with all that they stand for
inline constexpr std::size_t deepest_node = 12;   // the settings need 4

struct YamlDocument {
    YamlNode root;
    bool whole{true};            // false: the tree ends at a syntax error, ...
    std::size_t read_to_line{0}; // ... and may be wrong from this line on
    Problems problems;
};
[[nodiscard]] YamlDocument parse_yaml(std::string_view text);

} // namespace gls::settings
