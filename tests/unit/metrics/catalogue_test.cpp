#include "metrics/catalogue.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace gls::metrics {
namespace {

std::string as_text() {
    std::string text;
    for (const auto& family : catalogue()) {
        text.append(family.name).append(" ").append(text_of(family.type));
        switch (family.scope) {
        case Scope::process:
            break;
        case Scope::target:
            text += " target region";
            break;
        case Scope::account:
            text += " target region account_id";
            break;
        }
        if (!family.labels.empty()) text.append(" ").append(family.labels);
        text.append("\n    ").append(family.help).append("\n");
    }
    return text;
}

TEST_CASE("the families are those of the golden file: changing one is a breaking change") {
    std::ifstream file{GLS_TEST_DATA_DIR "/metrics/catalogue.txt"};
    const std::string golden{std::istreambuf_iterator<char>{file}, {}};
    CHECK(as_text() == golden);
}

TEST_CASE("names and HELP keep to the rules of the format") {
    std::set<std::string_view> names;
    for (const auto& family : catalogue()) {
        CAPTURE(family.name);
        CHECK(names.insert(family.name).second);
        CHECK(family.name.ends_with("_total") == (family.type == Type::counter));
        CHECK(family.help.find_first_of("\\\n\"") == std::string_view::npos);
        CHECK(family.help.ends_with('.'));
        if (family.scope == Scope::account) {
            CHECK(family.help.find("as of the last") != std::string_view::npos);
        }
    }
}

} // namespace
} // namespace gls::metrics
