#include "settings/known_keys.hpp"

#include "settings/fields.hpp"
#include "settings/nearest.hpp"
#include "settings/phrase.hpp"
#include "settings/problem.hpp"

#include <algorithm>

namespace gls::settings {
namespace {

constexpr std::size_t longest_shown_key = 40;

// A visitor that only writes down the keys.
class KeyList {
public:
    KeyList(std::string prefix, std::vector<std::string>& out)
        : prefix_{std::move(prefix)}, out_{out} {}

    void text(std::string_view key, const std::string& /*value*/) { add(key); }
    void secret(std::string_view key, const std::string& /*value*/) { add(key); }
    void url(std::string_view key, const std::string& /*value*/) { add(key); }
    void flag(std::string_view key, bool /*value*/) { add(key); }
    void number(std::string_view key, double /*value*/) { add(key); }
    template <class Value>
    void whole(std::string_view key, const Value& /*value*/, std::string_view /*unset*/ = {}) {
        add(key);
    }
    template <class Value>
    void duration(std::string_view key, const Value& /*value*/, std::string_view /*unset*/ = {}) {
        add(key);
    }
    template <class Value>
    void labels(std::string_view key, const Value& /*value*/) {
        add(key);
    }
    template <class Value, class Choices>
    void choice(std::string_view key, const Value& /*value*/, const Choices& /*choices*/) {
        add(key);
    }
    template <class Value, class Choices>
    void choices(std::string_view key, const Value& /*value*/, const Choices& /*choices*/) {
        add(key);
    }
    template <class Fill>
    void section(std::string_view key, Fill fill) {
        add(key);
        KeyList inner{prefix_ + std::string{key} + ".", out_};
        fill(inner);
    }
    template <class Item, class Fill>
    void list(std::string_view key, std::vector<Item>& /*value*/, Fill fill) {
        add(key);
        KeyList inner{prefix_ + std::string{key} + "[].", out_};
        Item item;
        fill(inner, item);
    }

private:
    void add(std::string_view key) { out_.push_back(prefix_ + std::string{key}); }
    std::string prefix_;
    std::vector<std::string>& out_;
};

} // namespace

const std::vector<std::string>& known_keys() {
    static const std::vector<std::string> keys = [] {
        std::vector<std::string> paths;
        Settings settings;
        KeyList list{"", paths};
        fields(list, settings);
        return paths;
    }();
    return keys;
}

std::string unknown_key(std::string_view key, std::span<const std::string> siblings) {
    if (key == "<<") return "merge keys (<<) are not part of these settings; write the keys out";
    const auto elsewhere = std::ranges::find_if(known_keys(), [&](const std::string& path) {
        return path.size() > key.size() && path.ends_with(key) &&
               path[path.size() - key.size() - 1] == '.';
    });
    if (const auto word = nearest(key, siblings)) {
        return phrase("unknown key; did you mean ", *word, "?");
    }
    if (!key.empty() && elsewhere != known_keys().end()) {
        return phrase("unknown key here; did you mean ", *elsewhere, "?");
    }
    std::string names;
    for (const auto& name : siblings)
        names += phrase(names.empty() ? "" : ", ", name);
    return phrase("unknown key; known here: ", names);
}

std::string shown_key(std::string_view key) {
    const bool plain =
        !key.empty() && key.size() <= longest_shown_key && std::ranges::all_of(key, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   c == '_' || c == '-' || c == '.';
        });
    return plain && !shown(key).starts_with("the value") ? std::string{key} : shown(key);
}

} // namespace gls::settings
