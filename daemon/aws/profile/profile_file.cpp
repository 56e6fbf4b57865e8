#include "aws/profile/profile_file.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

namespace gls::aws {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_valid_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return is_letter_or_digit(c) || std::string_view{"-/.%@_:+"}.contains(c);
    });
}

// Beside a section name a comment may begin at once; beside a value only after a blank, because '#'
// and
// ';' may be part of the value.
std::string_view without_comment(std::string_view line, bool needs_blank) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool mark = line[at] == '#' || line[at] == ';';
        if (mark && (!needs_blank || (at > 0 && is_blank(line[at - 1])))) return line.substr(0, at);
    }
    return line;
}

class Parser {
public:
    Parser(ProfileFileKind kind, std::string_view path) : kind_{kind}, path_{path} {}

    Result<> read_line(std::string_view line) {
        ++line_number_;
        const std::string_view content = trimmed(line);
        if (content.empty() || content.front() == '#' || content.front() == ';') return {};
        if (line.front() == '[') return begin_section(line);
        if (!section_)
            return wrong("Expected a profile definition such as [default] before this line");
        if (is_blank(line.front())) return go_on(content);
        return begin_property(line);
    }

    ProfileFile finish() {
        // "[profile default]" makes "[default]" of the same file void.
        if (prefixed_default_) file_.profiles["default"] = std::move(*prefixed_default_);
        return std::move(file_);
    }

private:
    [[nodiscard]] std::unexpected<Error> wrong(std::string_view what) const {
        return fail(ErrorKind::invalid_input, std::string{path_} + ":" +
                                                  std::to_string(line_number_) + ": " +
                                                  std::string{what});
    }

    Result<> begin_section(std::string_view line) {
        const std::string_view text = trimmed(without_comment(line, false));
        if (text.back() != ']') return wrong("Profile definition must end with ']'");
        property_ = nullptr;
        section_ = &section_named(trimmed(text.substr(1, text.size() - 2)));
        return {};
    }

    Section& section_named(std::string_view name) {
        if (kind_ == ProfileFileKind::credentials) {
            return is_valid_name(name) ? at(file_.profiles, name) : left_out();
        }
        const auto blank = std::ranges::find_if(name, is_blank);
        const std::string_view prefix{name.begin(), blank};
        const std::string_view rest = trimmed({blank, name.end()});
        if (rest.empty()) return prefix == "default" ? at(file_.profiles, prefix) : left_out();
        if (!is_valid_name(rest)) return left_out();
        if (prefix == "profile" && rest == "default") {
            if (!prefixed_default_) prefixed_default_.emplace();
            return *prefixed_default_;
        }
        if (prefix == "profile") return at(file_.profiles, rest);
        if (prefix == "sso-session") return at(file_.sso_sessions, rest);
        if (prefix == "services") return at(file_.services, rest);
        return left_out();
    }

    static Section& at(Sections& sections, std::string_view name) {
        return sections.try_emplace(std::string{name}).first->second;
    }
    Section& left_out() { return left_out_; }

    Result<> begin_property(std::string_view line) {
        const std::string_view text = without_comment(line, true);
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos)
            return wrong("Expected an '=' sign defining a property");
        const std::string_view name = trimmed(text.substr(0, equals));
        if (name.empty()) return wrong("Property did not have a name before its '=' sign");
        Section& section = is_valid_name(name) ? *section_ : left_out_;
        property_ = &section[lower_case(name)];
        *property_ = Property{std::string{trimmed(text.substr(equals + 1))}, kind_};
        has_sub_properties_ = property_->value.empty();
        return {};
    }

    // A line that begins with a blank belongs to the property above it.
    Result<> go_on(std::string_view content) {
        if (!property_) return wrong("Expected a property definition, found continuation");
        if (has_sub_properties_) {
            const std::size_t equals = content.find('=');
            if (equals == std::string_view::npos) {
                return wrong("Expected an '=' sign defining a sub-property");
            }
            if (trimmed(content.substr(0, equals)).empty()) {
                return wrong("Sub-property did not have a name before its '=' sign");
            }
        }
        property_->value += '\n';
        property_->value += content;
        return {};
    }

    ProfileFileKind kind_;
    std::string_view path_;
    std::size_t line_number_{0};
    ProfileFile file_;
    std::optional<Section> prefixed_default_;
    Section left_out_;          // where content of refused names goes
    Section* section_{nullptr}; // std::map never moves its elements
    Property* property_{nullptr};
    bool has_sub_properties_{false};
};

void merge_into(Sections& target, Sections&& source) {
    for (auto& [name, section] : source) {
        for (auto& [key, property] : section)
            target[name][key] = std::move(property);
        target.try_emplace(name);
    }
}

} // namespace

Result<ProfileFile> parse_profile_file(std::string_view text, ProfileFileKind kind,
                                       std::string_view path) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    Parser parser{kind, path};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (auto read = parser.read_line(line); !read)
            return std::unexpected{std::move(read.error())};
    }
    return parser.finish();
}

ProfileFile merged(ProfileFile config, ProfileFile credentials) {
    merge_into(config.profiles, std::move(credentials.profiles));
    return config;
}

std::optional<std::string> value_of(const Section& section, std::string_view name) {
    const auto found = section.find(name);
    if (found == section.end()) return std::nullopt;
    return found->second.value;
}

std::optional<std::string> sub_property(const Property& property, std::string_view name) {
    std::string_view rest = property.value;
    if (!rest.starts_with('\n')) return std::nullopt;
    std::optional<std::string> found; // the last one counts, as for properties
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = without_comment(rest.substr(0, end), true);
        rest.remove_prefix(end);
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        if (lower_case(trimmed(line.substr(0, equals))) == name) {
            found = trimmed(line.substr(equals + 1));
        }
    }
    return found;
}

} // namespace gls::aws
