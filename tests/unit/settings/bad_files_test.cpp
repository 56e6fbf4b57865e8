// One file for each mistake, tests/data/settings/bad-*.yaml, and beside it the exact lines that it
// must get, bad-*.txt.
#include "settings/read_yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace gls::settings;
namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    REQUIRE_MESSAGE(file.good(), path.string());
    return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("every kind of mistake gets its exact message") {
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator{fs::path{GLS_TEST_DATA_DIR} / "settings"}) {
        const auto& path = entry.path();
        if (path.extension() != ".yaml" || !path.filename().string().starts_with("bad-")) continue;
        ++files;
        CAPTURE(path.filename().string());
        const auto settings = read_yaml(content(path));
        REQUIRE_FALSE(settings.has_value());

        std::string lines;
        for (const auto& problem : settings.error()) {
            lines += text_of(problem, path.filename().string()) + '\n';
        }
        CHECK(lines == content(fs::path{path}.replace_extension(".txt")));
        CHECK(std::ranges::is_sorted(settings.error(), {}, &Problem::place));
        // What must never be shown, whichever key it was written under.
        for (const char* secret : {"hunter2", "hush hush", "4815162342", "wJalr", "AKIA"}) {
            CAPTURE(secret);
            CHECK(lines.find(secret) == std::string::npos);
        }
    }
    CHECK(files >= 90);
}
