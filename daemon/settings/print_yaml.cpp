#include "settings/print_yaml.hpp"

#include "base/ascii.hpp"
#include "base/duration.hpp"
#include "settings/fields.hpp"
#include "settings/phrase.hpp"

#include <algorithm>
#include <array>

namespace gls::settings {
namespace {

constexpr std::string_view letters{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"};
constexpr std::string_view plain_characters{
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:"};

// Whether every YAML, old and new, reads the bare word as just that text.
bool is_plain(std::string_view text) {
    if (text.empty() || !letters.contains(text.front()) || text.ends_with(':')) return false;
    if (text.find_first_not_of(plain_characters) != std::string_view::npos) return false;
    constexpr std::array<std::string_view, 9> words{"true", "false", "null", "yes", "no",
                                                    "on",   "off",   "y",    "n"};
    return std::ranges::find(words, lower_case(text)) == words.end();
}

std::string quoted(std::string_view text) {
    if (is_plain(text)) return std::string{text};
    std::string out{'"'};
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

// https://user:password@host/ -> https://<secret>@host/
std::string without_user(std::string_view url) {
    const auto slashes = url.find("//");
    if (slashes == std::string_view::npos) return std::string{url};
    const auto begin = slashes + 2;
    const auto end = std::min(url.find_first_of("/?#", begin), url.size());
    const auto at = url.substr(begin, end - begin).rfind('@');
    if (at == std::string_view::npos) return std::string{url};
    return phrase(url.substr(0, begin), hidden, url.substr(begin + at));
}

class Writer {
public:
    Writer(std::size_t indent, std::string& out) : indent_{indent}, out_{out} {}

    void text(std::string_view key, const std::string& value) { line(key, quoted(value)); }
    void secret(std::string_view key, const std::string& value) {
        line(key, value.empty() ? "\"\"" : hidden);
    }
    void url(std::string_view key, const std::string& value) { text(key, without_user(value)); }
    void flag(std::string_view key, bool value) { line(key, value ? "true" : "false"); }
    void number(std::string_view key, double value) { line(key, phrase(value)); }
    template <class Integer>
    void whole(std::string_view key, Integer value) {
        line(key, phrase(value));
    }
    template <class Integer>
    void whole(std::string_view key, const std::optional<Integer>& value, std::string_view unset) {
        value ? whole(key, *value) : comment(key, unset);
    }
    void duration(std::string_view key, milliseconds value) { line(key, duration_text(value)); }
    void duration(std::string_view key, const std::optional<milliseconds>& value,
                  std::string_view unset) {
        value ? duration(key, *value) : comment(key, unset);
    }
    void labels(std::string_view key, const std::map<std::string, std::string>& labels) {
        line(key, labels.empty() ? "{}" : "");
        Writer inner{indent_ + 2, out_};
        for (const auto& [name, value] : labels)
            inner.line(quoted(name), quoted(value));
    }
    template <class Enum, std::size_t N>
    void choice(std::string_view key, Enum value, const std::array<Choice<Enum>, N>& choices) {
        line(key, name_of(value, choices));
    }
    template <class Enum, std::size_t N>
    void choices(std::string_view key, const std::vector<Enum>& values,
                 const std::array<Choice<Enum>, N>& choices) {
        std::string names;
        for (const auto value : values) {
            names += phrase(names.empty() ? "" : ", ", name_of(value, choices));
        }
        line(key, phrase("[", names, "]"));
    }
    template <class Fill>
    void section(std::string_view key, Fill fill) {
        line(key, "");
        Writer inner{indent_ + 2, out_};
        fill(inner);
    }
    template <class Item, class Fill>
    void list(std::string_view key, std::vector<Item>& items, Fill fill) {
        line(key, items.empty() ? "[]" : "");
        for (auto& item : items) {
            Writer inner{indent_ + 4, out_};
            inner.dash_ = true;
            fill(inner, item);
        }
    }

private:
    void line(std::string_view key, std::string_view value) {
        out_.append(dash_ ? indent_ - 2 : indent_, ' ');
        if (dash_) out_ += "- ";
        dash_ = false;
        out_ += phrase(key, value.empty() ? ":" : ": ", value, "\n");
    }
    void comment(std::string_view key, std::string_view unset) {
        out_.append(indent_, ' ');
        out_ += phrase("# ", key, ": ", unset, "\n");
    }
    template <class Enum, std::size_t N>
    static std::string_view name_of(Enum value, const std::array<Choice<Enum>, N>& choices) {
        return std::ranges::find(choices, value, &Choice<Enum>::value)->name;
    }

    std::size_t indent_;
    bool dash_{false}; // the next line begins a list item
    std::string& out_;
};

} // namespace

std::string print_yaml(Settings settings) {
    std::string out;
    Writer writer{0, out};
    fields(writer, settings);
    return out;
}

} // namespace gls::settings
