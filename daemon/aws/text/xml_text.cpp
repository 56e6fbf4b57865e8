#include "aws/text/xml_text.hpp"

#include "base/ascii.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

namespace gls::aws {

namespace {

constexpr std::size_t max_document_bytes = 1U << 20U;
constexpr std::size_t max_depth = 16;

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

// `name` is what stands between '&' and ';'.
bool append_entity(std::string& out, std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, char>, 5> named{
        {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};
    for (const auto& [entity, character] : named) {
        if (name == entity) {
            out += character;
            return true;
        }
    }
    if (!name.starts_with('#')) return false;
    const bool hexadecimal = name.starts_with("#x");
    const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (fault != std::errc{} || end != digits.data() + digits.size() || code == 0 || surrogate ||
        code > 0x10FFFF) {
        return false;
    }
    append_utf8(out, code);
    return true;
}

bool append_text(std::string& out, std::string_view raw) {
    while (!raw.empty()) {
        const std::size_t mark = raw.find('&');
        out += raw.substr(0, mark);
        if (mark == std::string_view::npos) return true;
        const std::size_t end = raw.find(';', mark);
        if (end == std::string_view::npos ||
            !append_entity(out, raw.substr(mark + 1, end - mark - 1)))
            return false;
        raw.remove_prefix(end + 1);
    }
    return true;
}

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Walks the document once, from the front, and stops at the end of the element it looks for.
class Search {
public:
    Search(std::string_view document, std::string_view path) : rest_{document} {
        while (!path.empty()) {
            const std::string_view step = path.substr(0, path.find('/'));
            path.remove_prefix(std::min(path.size(), step.size() + 1));
            path_.push_back(step);
        }
    }

    std::optional<std::string> run() {
        while (!rest_.empty() && !found_) {
            if (!(rest_.front() == '<' ? markup() : text())) return std::nullopt;
        }
        return found_ ? std::optional{std::move(text_)} : std::nullopt;
    }

private:
    [[nodiscard]] bool inside_target() const {
        return open_.size() == path_.size() && matched_ == path_.size() && !path_.empty();
    }

    bool text() {
        const std::string_view raw = rest_.substr(0, rest_.find('<'));
        rest_.remove_prefix(raw.size());
        return !inside_target() || append_text(text_, raw);
    }

    // What stands before `end`, which is consumed as well.
    std::optional<std::string_view> until(std::string_view end) {
        const std::size_t at = rest_.find(end);
        if (at == std::string_view::npos) return std::nullopt;
        const std::string_view before = rest_.substr(0, at);
        rest_.remove_prefix(at + end.size());
        return before;
    }

    bool skipped(std::string_view begin) {
        if (!rest_.starts_with(begin)) return false;
        rest_.remove_prefix(begin.size());
        return true;
    }

    bool markup() {
        if (skipped("<?")) return until("?>").has_value();
        if (skipped("<!--")) return until("-->").has_value();
        if (skipped("<![CDATA[")) {
            const auto raw = until("]]>");
            if (raw && inside_target()) text_ += *raw;
            return raw.has_value();
        }
        if (rest_.starts_with("<!"))
            return false; // a DOCTYPE: entities of its own are nothing for us
        return skipped("</") ? close() : open();
    }

    bool open() {
        rest_.remove_prefix(1);
        const std::size_t name_end = rest_.find_first_of(" \t\r\n/>");
        if (name_end == std::string_view::npos || name_end == 0) return false;
        const std::string_view name = rest_.substr(0, name_end);
        rest_.remove_prefix(name_end);
        const auto empty = attributes();
        if (!empty || open_.size() >= max_depth || inside_target()) return false;
        if (matched_ == open_.size() && matched_ < path_.size() &&
            local_name(name) == path_[matched_])
            ++matched_;
        open_.push_back(name);
        return !*empty || left(name);
    }

    // Up to and including '>'; true if the element ends there, as <a/> does.
    std::optional<bool> attributes() {
        char quote = 0;
        bool slash = false;
        for (std::size_t i = 0; i < rest_.size(); ++i) {
            const char c = rest_[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '<') {
                return std::nullopt;
            } else if (c == '>') {
                rest_.remove_prefix(i + 1);
                return slash;
            }
            if (!is_blank(c)) slash = c == '/' && quote == 0;
        }
        return std::nullopt;
    }

    bool close() {
        const auto name = until(">");
        return name && left(trimmed(*name));
    }

    bool left(std::string_view name) {
        if (open_.empty() || open_.back() != name) return false;
        found_ = inside_target();
        if (matched_ == open_.size()) --matched_;
        open_.pop_back();
        return true;
    }

    std::string_view rest_;
    std::vector<std::string_view> path_;
    std::vector<std::string_view> open_; // names of the open elements
    std::size_t matched_{0};             // how many of them, from the root, follow the path
    std::string text_;
    bool found_{false};
};

} // namespace

std::optional<std::string> xml_text(std::string_view document, std::string_view path) {
    if (document.size() > max_document_bytes) return std::nullopt;
    return Search{document, path}.run();
}

} // namespace gls::aws
