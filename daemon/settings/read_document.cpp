#include "settings/read_document.hpp"

#include "settings/phrase.hpp"
#include "settings/yaml_tree.hpp"

#include <algorithm>
#include <tuple>

namespace gls::settings {
namespace {

// "targets[1].region" -> "targets[1]" -> "targets" -> "".
std::string around(const std::string& path) {
    const auto cut = path.find_last_of(".[");
    return path.substr(0, cut == std::string::npos ? 0 : cut);
}

// A rule names a path; its place is that of the value, or of the nearest thing around it.
Place place_of(const Finding& finding, const Reading& reading) {
    for (std::string path = finding.path; !path.empty();) {
        if (const auto spot = reading.spots.find(path); spot != reading.spots.end()) {
            return finding.about_the_key ? spot->second.key : spot->second.value;
        }
        path = around(path);
    }
    return {};
}

// A value that could not be read has kept its default, so a rule about it would judge that.
bool was_read(std::string path, const Reading& reading) {
    while (!path.empty()) {
        if (reading.unread.contains(path)) return false;
        path = around(path);
    }
    return true;
}

} // namespace

Problems read_document(std::string_view text, std::string_view first_key,
                       const std::function<void(Reader&)>& fill,
                       const std::function<Findings()>& check) {
    auto document = parse_yaml(text);
    Reading reading;

    const auto& root = document.root;
    if (root.kind != YamlNode::Kind::mapping && root.kind != YamlNode::Kind::null) {
        document.problems.push_back(
            {root.place, "",
             phrase("the file is not a mapping; begin with a key such as ", first_key, ":")});
    } else {
        Reader reader{root.kind == YamlNode::Kind::mapping ? &root : nullptr, "", reading};
        fill(reader);
        reader.finish();
    }

    // Past a syntax error the tree is a guess: what was read before its last line still counts, but
    // rules between keys would judge keys that were never reached.
    if (!document.whole) {
        std::erase_if(reading.problems,
                      [&](const Problem& p) { return p.place.line >= document.read_to_line; });
    } else if (document.problems.empty()) {
        for (auto& finding : check()) {
            if (!was_read(finding.path, reading) || !was_read(finding.with, reading)) continue;
            reading.problems.push_back(
                {place_of(finding, reading), std::move(finding.path), std::move(finding.message)});
        }
    }

    auto problems = std::move(document.problems);
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
    std::ranges::sort(problems, {},
                      [](const Problem& p) { return std::tie(p.place, p.path, p.message); });
    return problems;
}

} // namespace gls::settings
