// The shipped settings files: exporter.yml is the defaults, with every key in it.
#include "settings/known_keys.hpp"
#include "settings/read_yaml.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <string>

using namespace gls::settings;

namespace {

std::string shipped(const std::string& name) {
    std::ifstream file{GLS_TEST_DATA_DIR "/../../config/" + name};
    REQUIRE_MESSAGE(file.good(), name);
    return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("exporter.yml says the defaults") {
    const auto settings = read_yaml(shipped("exporter.yml"));
    REQUIRE(settings.has_value());
    CHECK(*settings == Settings{});
}

TEST_CASE("exporter.yml has every key, and those behind a comment sign are right too") {
    const auto text = shipped("exporter.yml");
    for (const auto& path : known_keys()) {
        const auto key = path.substr(path.find_last_of('.') + 1);
        CAPTURE(path);
        CHECK(std::regex_search(text, std::regex{"(^|\n) *(- |# )?" + key + ":"}));
    }
    const auto uncommented = std::regex_replace(text, std::regex{"\n  # ([a-z_]+:)"}, "\n  $1");
    CHECK(uncommented != text);
    const auto settings = read_yaml(uncommented);
    REQUIRE(settings.has_value());
    CHECK(settings->sweep.stale_after == 3 * settings->sweep.live_interval);
    CHECK(settings->sweep.timeout == std::chrono::minutes{30});
    CHECK(settings->api.max_attempts == 5U);
}

TEST_CASE("minimal.yml is one region") {
    const auto settings = read_yaml(shipped("minimal.yml"));
    REQUIRE(settings.has_value());
    Settings expected;
    expected.targets[0].region = "us-west-2";
    CHECK(*settings == expected);
}
