#include "settings/yaml_tree.hpp"

#include "settings/phrase.hpp"
#include "settings/source_text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <spanstream>
#include <utility>

namespace gls::settings {
namespace {

using Kind = YamlNode::Kind;

// Leaves the parser from inside an event; never passes parse_yaml.
struct Refused {
    Problem problem;
};

std::size_t size_of(const YamlNode& node) {
    std::size_t size = 1;
    for (const auto& item : node.items)
        size += size_of(item);
    for (const auto& entry : node.entries)
        size += 1 + size_of(entry.value);
    return size;
}

class TreeBuilder final : public YAML::EventHandler {
public:
    explicit TreeBuilder(const SourceLines& lines) : lines_{lines} {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (documents_++ == 0) return;
        refuse(mark, "a second document begins; the settings are one document, so remove the "
                     "line with --- or ...");
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Place here = place(mark);
        // A value that is not written stands, to yaml-cpp, where the next thing begins.
        const auto next = lines_.text_from(mark.line, mark.column);
        const bool written = next.starts_with('~') || next.starts_with("null") ||
                             next.starts_with("Null") || next.starts_with("NULL");
        if (!open_.empty() && !written) {
            const auto& top = open_.back();
            here = top.entry ? top.entry->key_place : top.node.place;
        }
        add({Kind::null, here, "", {}, {}}, anchor);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        // yaml-cpp tells plain from quoted by the tag: "?" is plain, "!" is quoted.
        const bool as_text = tag == "!" || tag == "tag:yaml.org,2002:str"; // !!str 5 is text
        if (tag != "?" && !as_text) refuse_tag(mark, tag);
        if (tag == "!") last_quoted_ = mark;
        add({as_text ? Kind::quoted : Kind::plain, place(mark), value, {}, {}}, anchor);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end())
            refuse(mark, "an alias (*) inside the very value it stands for");
        YamlNode copy = found->second;
        copy.place = place(mark);
        if (copy.kind == Kind::sequence || copy.kind == Kind::mapping) note_odd_key(mark);
        count(mark, size_of(copy));
        add(std::move(copy), 0);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(Kind::sequence, mark, tag, anchor);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(Kind::mapping, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

    // The tree so far; after a syntax error the open parts are closed as they are.
    YamlNode take() {
        while (!open_.empty())
            close();
        return std::move(root_);
    }
    [[nodiscard]] const std::optional<YAML::Mark>& last_quoted() const { return last_quoted_; }
    [[nodiscard]] const std::optional<Place>& odd_key() const { return odd_key_; }
    [[nodiscard]] std::size_t last_line() const { return last_line_; }

private:
    struct Open {
        YamlNode node;
        YAML::anchor_t anchor{0};
        std::optional<YamlEntry> entry; // a key that waits for its value
    };

    Place place(const YAML::Mark& mark) {
        const Place here = lines_.place(mark.line, mark.column);
        last_line_ = here.line;
        return here;
    }
    [[noreturn]] void refuse(const YAML::Mark& mark, std::string message) {
        throw Refused{{place(mark), "", std::move(message)}};
    }
    [[noreturn]] void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        refuse(mark, phrase("the tag ", shown(tag), " is not used here; remove it"));
    }
    // Only noted: yaml-cpp shows an unclosed { as a key too, before it finds out.
    void note_odd_key(const YAML::Mark& mark) {
        if (open_.empty() || open_.back().node.kind != Kind::mapping || open_.back().entry) return;
        if (!odd_key_) odd_key_ = place(mark);
    }
    void count(const YAML::Mark& mark, std::size_t more) {
        nodes_ += more;
        if (nodes_ > most_nodes) {
            refuse(mark, phrase("more than ", most_nodes, " values, aliases included"));
        }
    }
    void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (tag != "?" && tag != "!" && !tag.empty()) refuse_tag(mark, tag);
        note_odd_key(mark);
        if (open_.size() == deepest_node) {
            refuse(mark, phrase("nested deeper than ", deepest_node, " levels"));
        }
        count(mark, 1);
        open_.push_back({{kind, place(mark), "", {}, {}}, anchor, std::nullopt});
    }
    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        add(std::move(done.node), done.anchor);
    }
    void add(YamlNode node, YAML::anchor_t anchor) {
        if (anchor != 0) anchors_[anchor] = node;
        if (open_.empty()) {
            root_ = std::move(node);
        } else if (auto& top = open_.back(); top.node.kind == Kind::sequence) {
            top.node.items.push_back(std::move(node));
        } else if (top.entry) {
            top.entry->value = std::move(node);
            top.node.entries.push_back(*std::exchange(top.entry, std::nullopt));
        } else {
            top.entry = YamlEntry{std::move(node.text), node.place, {}};
        }
    }

    const SourceLines& lines_;
    YamlNode root_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, YamlNode> anchors_;
    std::optional<YAML::Mark> last_quoted_;
    std::optional<Place> odd_key_; // a list or a mapping in the place of a key
    std::size_t last_line_{0};
    std::size_t nodes_{0};
    int documents_{0};
};

// yaml-cpp's words say what its parser did; these say what a person did.
std::string syntax_message(const std::string& words) {
    using Translation = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Translation, 10> known{{
        {"illegal map value", "a colon that YAML cannot place; check the indentation, or put the "
                              "text in quotation marks"},
        {"illegal map key", "a key that YAML cannot place; check the indentation"},
        {"illegal block entry",
         "a list item (-) that YAML cannot place; put it on a line of its own"},
        {"end of sequence flow not found", "a list that [ has opened is not closed with ]"},
        {"end of map flow not found", "a mapping that { has opened is not closed with }"},
        {"end of map not found", "the indentation does not fit the lines above"},
        {"end of sequence not found", "the indentation does not fit the lines above"},
        {"the referenced anchor is not defined",
         "an alias (*) whose anchor (&) stands nowhere above"},
        {"unknown escape character", "a backslash that begins no escape; write two for one, or use "
                                     "single quotation marks"},
        {"unknown token", "a character that no value begins with; put the text in quotation marks"},
    }};
    for (const auto& [theirs, ours] : known) {
        if (words.starts_with(theirs)) return std::string{ours};
    }
    return phrase("not valid YAML: ", words.substr(0, words.find(':'))); // no piece of the text
}

// yaml-cpp takes the end of the file for a closing quotation mark.
bool closes(std::string_view quoted) {
    const char mark = quoted.empty() ? '\0' : quoted.front();
    if (mark != '"' && mark != '\'') return true; // a block scalar, or behind an anchor
    for (std::size_t i = 1; i < quoted.size(); ++i) {
        if (mark == '"' && quoted[i] == '\\') {
            ++i;
        } else if (quoted[i] == mark) {
            if (mark == '"' || i + 1 == quoted.size() || quoted[i + 1] != mark) return true;
            ++i; // '' is one apostrophe
        }
    }
    return false;
}

// What ended the reading before the end of the text, if anything.
std::optional<Problem> read_documents(std::string_view text, const SourceLines& lines,
                                      TreeBuilder& builder) {
    try {
        std::ispanstream stream{std::span{text.data(), text.size()}};
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
        return std::nullopt;
    } catch (const Refused& refused) {
        return refused.problem;
    } catch (const YAML::Exception& error) {
        return Problem{lines.place(error.mark.line, error.mark.column), "",
                       syntax_message(error.msg)};
    }
}

// A tab in the indentation has been told; what YAML makes of it need not be.
bool follows_a_tab(const Problem& problem, const Problems& tabs) {
    return std::ranges::any_of(tabs, [&](const Problem& tab) {
        return problem.place.line == tab.place.line || problem.place.line == tab.place.line + 1;
    });
}

} // namespace

YamlDocument parse_yaml(std::string_view text) {
    auto [readable, problems] = check_source(text);
    if (!readable) return {{}, false, 0, std::move(problems)};

    const SourceLines lines{text};
    TreeBuilder builder{lines};
    auto end = read_documents(text, lines, builder);
    if (const auto& mark = builder.last_quoted();
        mark && !closes(lines.text_from(mark->line, mark->column))) {
        end = {lines.place(mark->line, mark->column), "", "a quotation mark that is never closed"};
    }
    if (!end && builder.odd_key()) {
        end = {*builder.odd_key(), "", "a list or a mapping cannot be a key; a key is plain text"};
    }

    YamlDocument document;
    document.whole = !end;
    document.read_to_line = end ? std::min(builder.last_line(), end->place.line) : 0;
    document.root = builder.take();
    document.problems = std::move(problems);
    if (end && !follows_a_tab(*end, document.problems))
        document.problems.push_back(*std::move(end));
    return document;
}

} // namespace gls::settings
