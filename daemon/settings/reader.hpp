// The visitor that fills settings from a YAML tree, noting where each value stands and what has the
// wrong type. It goes on after every problem; a value that could not be read keeps its default.
// Pure.
#pragma once

#include "base/time.hpp"
#include "settings/phrase.hpp"
#include "settings/problem.hpp"
#include "settings/settings.hpp"
#include "settings/yaml_tree.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gls::settings {

// What reading a file brings to light beside the settings themselves.
struct Reading {
    struct Spot {
        Place key;
        Place value;
    };
    Problems problems;
    std::map<std::string, Spot> spots; // by path, of what the file gives
    std::set<std::string> unread;      // paths whose value could not be read
};

class Reader {
public:
    // `node` null: the mapping is not given. Both outlive the reader.
    Reader(const YamlNode* node, std::string path, Reading& reading);

    void text(std::string_view key, std::string& out) { scalar_text(key, out, true); }
    void secret(std::string_view key, std::string& out) { scalar_text(key, out, false); }
    void url(std::string_view key, std::string& out) { scalar_text(key, out, true); }
    void flag(std::string_view key, bool& out);
    void number(std::string_view key, double& out);
    void duration(std::string_view key, milliseconds& out);
    void duration(std::string_view key, std::optional<milliseconds>& out, std::string_view unset);
    void labels(std::string_view key, std::map<std::string, std::string>& out) {
        text_map(key, out, true);
    }
    void secrets(std::string_view key, std::map<std::string, std::string>& out) {
        text_map(key, out, false);
    }
    void texts(std::string_view key, std::vector<std::string>& out);

    template <class Integer>
    void whole(std::string_view key, Integer& out) {
        if (const auto value = whole_number(key)) out = static_cast<Integer>(*value);
    }
    template <class Integer>
    void whole(std::string_view key, std::optional<Integer>& out, std::string_view /*unset*/) {
        if (const auto value = whole_number(key)) out = static_cast<Integer>(*value);
    }

    template <class Enum, std::size_t N>
    void choice(std::string_view key, Enum& out, const std::array<Choice<Enum>, N>& choices) {
        const YamlNode* node = find(key);
        if (node == nullptr) return;
        if (const auto chosen = choose(path_of(key), *node, choices)) out = *chosen;
    }
    template <class Enum, std::size_t N>
    void choices(std::string_view key, std::vector<Enum>& out,
                 const std::array<Choice<Enum>, N>& choices) {
        const YamlNode* node = sequence(key);
        if (node == nullptr) return;
        out.clear();
        for (std::size_t i = 0; i < node->items.size(); ++i) {
            const auto path = phrase(path_of(key), "[", i, "]");
            reading_.spots[path] = {node->items[i].place, node->items[i].place};
            if (const auto chosen = choose(path, node->items[i], choices)) out.push_back(*chosen);
        }
    }

    // Whether there is a value under the key, right or wrong.
    [[nodiscard]] bool given(std::string_view key) const;

    template <class Fill>
    void section(std::string_view key, Fill fill) {
        Reader inner{mapping(key), path_of(key), reading_};
        fill(inner);
        inner.finish();
    }
    template <class Item, class Fill>
    void list(std::string_view key, std::vector<Item>& out, Fill fill) {
        const YamlNode* node = sequence(key);
        if (node == nullptr) return;
        out.clear();
        for (std::size_t i = 0; i < node->items.size(); ++i) {
            const auto path = phrase(path_of(key), "[", i, "]");
            Reader inner{as_mapping(path, node->items[i]), path, reading_};
            fill(inner, out.emplace_back());
            inner.finish();
        }
    }

    // After the last key: names what the file gives and no key asked for, and what it gives twice.
    void finish();

private:
    const YamlNode* find(std::string_view key);
    const YamlNode* mapping(std::string_view key);
    const YamlNode* sequence(std::string_view key);
    const YamlNode* as_mapping(const std::string& path, const YamlNode& node);
    void scalar_text(std::string_view key, std::string& out, bool may_show);
    void text_map(std::string_view key, std::map<std::string, std::string>& out, bool may_show);
    std::optional<std::string> text_of(const std::string& path, const YamlNode& node,
                                       bool may_show);
    std::optional<double> whole_number(std::string_view key);
    std::optional<milliseconds> duration_at(std::string_view key);
    // `wanted`: "a duration"; `advice`: how to write one.
    void wrong(const std::string& path, const YamlNode& node, std::string_view wanted,
               std::string_view advice, bool may_show = true);
    [[nodiscard]] std::string path_of(std::string_view key) const;

    template <class Enum, std::size_t N>
    std::optional<Enum> choose(const std::string& path, const YamlNode& node,
                               const std::array<Choice<Enum>, N>& choices) {
        const bool scalar =
            node.kind == YamlNode::Kind::plain || node.kind == YamlNode::Kind::quoted;
        std::string names;
        for (const auto& choice : choices) {
            if (scalar && choice.name == node.text) return choice.value;
            names += phrase(names.empty() ? "" : ", ", choice.name);
        }
        wrong(path, node, phrase("one of ", names), "");
        return std::nullopt;
    }

    const YamlNode* node_;
    std::string path_;
    Reading& reading_;
    std::vector<std::string> known_;
};

} // namespace gls::settings
