#include "settings/reader.hpp"

#include "base/duration.hpp"
#include "settings/known_keys.hpp"
#include "settings/nearest.hpp"
#include "settings/phrase.hpp"
#include "settings/scalar.hpp"

#include <cmath>

namespace gls::settings {
namespace {

using Kind = YamlNode::Kind;

constexpr double largest_whole =
    4'294'967'295.0; // what the narrowest of the settings' integers holds

bool is_scalar(const YamlNode& node) {
    return node.kind == Kind::plain || node.kind == Kind::quoted;
}

std::string described(const YamlNode& node, bool may_show) {
    switch (node.kind) {
    case Kind::null:
        return "no value is given";
    case Kind::sequence:
        return "a list";
    case Kind::mapping:
        return "a mapping";
    case Kind::plain:
    case Kind::quoted:
        break;
    }
    return may_show ? shown(node.text) : std::string{"the value (not shown)"};
}

} // namespace

Reader::Reader(const YamlNode* node, std::string path, Reading& reading)
    : node_{node}, path_{std::move(path)}, reading_{reading} {}

std::string Reader::path_of(std::string_view key) const {
    return path_.empty() ? std::string{key} : phrase(path_, ".", key);
}

const YamlNode* Reader::find(std::string_view key) {
    known_.emplace_back(key);
    if (node_ == nullptr) return nullptr;
    const auto found = std::ranges::find(node_->entries, key, &YamlEntry::key);
    if (found == node_->entries.end()) return nullptr;
    reading_.spots[path_of(key)] = {found->key_place, found->value.place};
    return &found->value;
}

bool Reader::given(std::string_view key) const {
    if (node_ == nullptr) return false;
    const auto found = std::ranges::find(node_->entries, key, &YamlEntry::key);
    return found != node_->entries.end() && found->value.kind != Kind::null;
}

void Reader::wrong(const std::string& path, const YamlNode& node, std::string_view wanted,
                   std::string_view advice, bool may_show) {
    reading_.unread.insert(path);
    auto message = node.kind == Kind::null
                       ? phrase("no value is given; write ", wanted, ", or ",
                                path.ends_with(']') ? "remove the item" : "leave the key out")
                       : phrase(described(node, may_show), " is not ", wanted,
                                advice.empty() ? "" : "; ", advice);
    reading_.problems.push_back({node.place, path, std::move(message)});
}

const YamlNode* Reader::as_mapping(const std::string& path, const YamlNode& node) {
    reading_.spots[path] = {node.place, node.place};
    if (node.kind == Kind::mapping) return &node;
    wrong(path, node, "a mapping of keys to values", "");
    return nullptr;
}

const YamlNode* Reader::mapping(std::string_view key) {
    const YamlNode* node = find(key);
    // A section whose keys are all commented out has the value null: its defaults apply.
    if (node == nullptr || node->kind == Kind::null) return nullptr;
    if (node->kind == Kind::mapping) return node;
    wrong(path_of(key), *node, "a mapping", "write its keys below it, indented");
    return nullptr;
}

const YamlNode* Reader::sequence(std::string_view key) {
    const YamlNode* node = find(key);
    if (node == nullptr || node->kind == Kind::sequence) return node;
    wrong(path_of(key), *node, "a list", "begin each item with \"- \"");
    return nullptr;
}

std::optional<std::string> Reader::text_of(const std::string& path, const YamlNode& node,
                                           bool may_show) {
    if (node.kind == Kind::plain && is_not_text(node.text)) {
        reading_.unread.insert(path);
        reading_.problems.push_back(
            {node.place, path,
             phrase(may_show ? std::string_view{node.text} : "the value (not shown)",
                    " is a number or a boolean to YAML; put it in quotation marks")});
        return std::nullopt;
    }
    if (is_scalar(node)) return node.text;
    wrong(path, node, "text", "", may_show);
    return std::nullopt;
}

void Reader::scalar_text(std::string_view key, std::string& out, bool may_show) {
    const YamlNode* node = find(key);
    if (node == nullptr) return;
    if (auto text = text_of(path_of(key), *node, may_show)) out = *std::move(text);
}

void Reader::flag(std::string_view key, bool& out) {
    const YamlNode* node = find(key);
    if (node == nullptr) return;
    const auto value = node->kind == Kind::plain ? parse_boolean(node->text) : std::nullopt;
    if (value) {
        out = *value;
    } else {
        wrong(path_of(key), *node, "a boolean", "write true or false, without quotation marks");
    }
}

void Reader::number(std::string_view key, double& out) {
    const YamlNode* node = find(key);
    if (node == nullptr) return;
    const auto value = node->kind == Kind::plain ? parse_number(node->text) : std::nullopt;
    if (value) {
        out = *value;
    } else {
        wrong(path_of(key), *node, "a number",
              "write it in decimal, without quotation marks, such as 5 or 0.5");
    }
}

std::optional<double> Reader::whole_number(std::string_view key) {
    const YamlNode* node = find(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->kind == Kind::plain ? parse_number(node->text) : std::nullopt;
    if (value && *value >= 0 && *value <= largest_whole && *value == std::floor(*value))
        return value;
    wrong(path_of(key), *node, "a whole number",
          "write it in decimal, without sign or quotation marks, such as 10");
    return std::nullopt;
}

std::optional<milliseconds> Reader::duration_at(std::string_view key) {
    const YamlNode* node = find(key);
    if (node == nullptr) return std::nullopt;
    const auto value = is_scalar(*node) ? parse_duration(node->text) : std::nullopt;
    if (!value) {
        wrong(path_of(key), *node, "a duration",
              "write it as Prometheus does, such as 90s or 1m30s");
    }
    return value;
}

void Reader::duration(std::string_view key, milliseconds& out) {
    if (const auto value = duration_at(key)) out = *value;
}

void Reader::duration(std::string_view key, std::optional<milliseconds>& out,
                      std::string_view /*unset*/) {
    if (const auto value = duration_at(key)) out = *value;
}

void Reader::text_map(std::string_view key, std::map<std::string, std::string>& out,
                      bool may_show) {
    Reader inner{mapping(key), path_of(key), reading_};
    if (inner.node_ == nullptr) return;
    for (const auto& [name, place, value] : inner.node_->entries) {
        const auto path = inner.path_of(name);
        if (out.contains(name)) continue; // finish() tells
        if (!inner.reading_.spots.contains(path)) inner.find(name);
        if (const auto text = inner.text_of(path, value, may_show)) out[name] = *text;
    }
    inner.finish();
}

void Reader::texts(std::string_view key, std::vector<std::string>& out) {
    const YamlNode* node = sequence(key);
    if (node == nullptr) return;
    out.clear();
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        const auto& item = node->items[i];
        const auto path = phrase(path_of(key), "[", i, "]");
        reading_.spots[path] = {item.place, item.place};
        if (auto text = text_of(path, item, true)) out.push_back(*std::move(text));
    }
}

void Reader::finish() {
    if (node_ == nullptr) return;
    std::map<std::string_view, Place> seen;
    for (const auto& [key, place, value] : node_->entries) {
        const auto [first, is_new] = seen.emplace(key, place);
        const bool known = std::ranges::find(known_, key) != known_.end();
        if (!is_new) {
            reading_.problems.push_back(
                {place, path_of(shown_key(key)),
                 phrase("given a second time; the first is on line ", first->second.line)});
        } else if (!known) {
            reading_.problems.push_back({place, path_of(shown_key(key)), unknown_key(key, known_)});
        }
    }
}

} // namespace gls::settings
