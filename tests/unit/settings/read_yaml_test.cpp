// What a right file means. Wrong ones: bad_files_test.
#include "settings/read_yaml.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gls::settings;
using namespace std::chrono_literals;

namespace {

Settings read(std::string_view text) {
    auto settings = read_yaml(text);
    if (!settings) {
        for (const auto& problem : settings.error())
            MESSAGE(text_of(problem, "text"));
    }
    REQUIRE(settings.has_value());
    return *std::move(settings);
}

Problems problems_of(std::string_view text) {
    auto settings = read_yaml(text);
    REQUIRE_FALSE(settings.has_value());
    return std::move(settings).error();
}

} // namespace

TEST_CASE("nothing said means the defaults") {
    const Settings defaults;
    for (const char* text :
         {"", "\n", "# only words\n", "---\n", "{}", "~", "sweep:\napi:\n", "\xEF\xBB\xBF",
          "sweep: {}", "targets: [{}]", "targets:\n  - labels:\n    name: \"\"\n"}) {
        CAPTURE(text);
        CHECK(read(text) == defaults);
    }
    REQUIRE(defaults.targets.size() == 1);
    CHECK(defaults.targets[0] == Target{});
}

TEST_CASE("every key arrives") {
    const auto settings = read(R"(
targets:
  - name: prod-us
    region: us-west-2
    profile: game-prod
    role_arn: arn:aws-us-gov:iam::111122223333:role/path/monitor
    external_id: "12-34"
    role_session_name: me@here
    endpoint_url: https://[::1]:8443/prefix
    labels: {team: streaming, "tier": "1"}
  - region: eu-central-1
sweep:
  live_interval: 2m
  full_interval: 1h30m
  stale_after: 10m
  strategy: live
  look_ups: false
  timeout: 45m
api:
  requests_per_second: 0.5
  burst: 20
  requests_per_day: 100000
  max_attempts: 3
  connect_timeout: 500ms
  request_timeout: 1m
metrics:
  breakdowns: [application]
  max_values_per_label: 50
state:
  path: /var/lib/state.sqlite
inventory:
  interval: 0
)");
    REQUIRE(settings.targets.size() == 2);
    const auto& target = settings.targets[0];
    CHECK(target.name == "prod-us");
    CHECK(target.region == "us-west-2");
    CHECK(target.profile == "game-prod");
    CHECK(target.role_arn == "arn:aws-us-gov:iam::111122223333:role/path/monitor");
    CHECK(target.external_id == "12-34");
    CHECK(target.role_session_name == "me@here");
    CHECK(target.endpoint_url == "https://[::1]:8443/prefix");
    CHECK(target.labels ==
          std::map<std::string, std::string>{{"team", "streaming"}, {"tier", "1"}});
    CHECK(settings.targets[1].region == "eu-central-1");
    CHECK(settings.sweep.live_interval == 2min);
    CHECK(settings.sweep.full_interval == 90min);
    CHECK(settings.sweep.stale_after == 10min);
    CHECK(settings.sweep.strategy == Strategy::live);
    CHECK_FALSE(settings.sweep.look_ups);
    CHECK(settings.sweep.timeout == 45min);
    CHECK(settings.api.requests_per_second == 0.5);
    CHECK(settings.api.burst == 20);
    CHECK(settings.api.requests_per_day == 100000);
    CHECK(settings.api.max_attempts == 3U);
    CHECK(settings.api.connect_timeout == 500ms);
    CHECK(settings.api.request_timeout == 1min);
    CHECK(settings.metrics.breakdowns == std::vector{Breakdown::application});
    CHECK(settings.metrics.max_values_per_label == 50);
    CHECK(settings.state_path == "/var/lib/state.sqlite");
    CHECK(settings.inventory_interval == 0ms);
}

TEST_CASE("other ways to write the same") {
    CHECK(read(R"({"sweep": {"live_interval": "2m"}, "api": {"burst": 20.0}})").api.burst == 20);
    CHECK(read("sweep:\r\n  live_interval: 2m\r\n").sweep.live_interval == 2min);
    CHECK(read("metrics: {breakdowns: []}").metrics.breakdowns.empty());
    CHECK(read("targets: [{name: !!str 5}]").targets[0].name == "5");
    CHECK(read("targets: [{name: '5'}]").targets[0].name == "5");
    CHECK(read("targets: [{name: yes}]").targets[0].name == "yes"); // text in YAML 1.2, as here
    CHECK(read("targets: [{name: \"a\\u00e9\"}]").targets[0].name == "a\xC3\xA9");
    CHECK(read("inventory: {interval: \"0\"}").inventory_interval == 0ms);
    CHECK(read("targets: [{region: us-gov-east-1}]").targets[0].region == "us-gov-east-1");
    CHECK(read("targets: [{region: eusc-de-east-1}]").targets[0].region == "eusc-de-east-1");
}

TEST_CASE("aliases stand for what they name, within bounds") {
    const auto settings = read(R"(
targets:
  - {region: us-west-2, labels: &common {team: a}}
  - {region: us-east-1, labels: *common}
)");
    CHECK(settings.targets[1].labels == settings.targets[0].labels);

    // 5,000 times 5,000 if they were expanded.
    std::string bomb{"targets:\n  - {name: a, labels: &l {"};
    for (int i = 0; i < 5000; ++i)
        bomb += "l" + std::to_string(i) + ": x, ";
    bomb += "}}\n";
    for (int i = 0; i < 5000; ++i)
        bomb += "  - {name: a" + std::to_string(i) + ", labels: *l}\n";
    CHECK(problems_of(bomb).front().message == "more than 20000 values, aliases included");
}

TEST_CASE("columns count characters, not bytes") {
    const auto problems = problems_of("targets:\n  - {name: \"\xC3\xA9\xC3\xA9\", region: x}\n");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place == Place{2, 26});
    const auto marked = problems_of("\xEF\xBB\xBFsweep: 1\n");
    CHECK(marked[0].place == Place{1, 8});
}

TEST_CASE("a rule that depends on an unreadable value is not judged by its default") {
    const auto problems =
        problems_of("sweep: {live_interval: 1x, stale_after: 20s, full_interval: 30s}");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].path == "sweep.live_interval");
}

TEST_CASE("a file past the size limit is refused unread") {
    const std::string text = "# " + std::string(300UL * 1024, 'x');
    CHECK(problems_of(text).front().message.starts_with("the file has 307202 bytes"));
}

TEST_CASE("hostile nesting is refused before it costs anything") {
    for (const char* opening : {"[", "{", "- ", "? ", "{a: ", "[[{"}) {
        CAPTURE(opening);
        std::string text;
        while (text.size() < 200'000)
            text += opening;
        CHECK_FALSE(read_yaml(text).has_value());
    }
}
