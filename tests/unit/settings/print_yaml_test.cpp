// Printing and reading are each other's inverse, but for what is hidden.
#include "settings/check.hpp"
#include "settings/print_yaml.hpp"
#include "settings/read_yaml.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace gls;
using namespace gls::settings;

namespace {

// Settings of every shape that the rules allow; the seed makes a failure repeatable.
class RandomSettings {
public:
    explicit RandomSettings(unsigned seed) : engine_{seed} {}

    Settings next() {
        Settings s;
        s.targets.clear();
        const auto count = number(1, 4);
        for (std::uint64_t i = 0; i < count; ++i)
            s.targets.push_back(target(i));
        s.sweep.live_interval = duration(1'000, 600'000);
        s.sweep.full_interval = s.sweep.live_interval + duration(0, 3'600'000);
        if (coin()) s.sweep.stale_after = s.sweep.live_interval + duration(0, 3'600'000);
        s.sweep.strategy = strategies[number(0, 2)].value;
        s.sweep.look_ups = coin();
        if (coin()) s.sweep.timeout = duration(300'000, 7'200'000);
        s.api.requests_per_second = std::uniform_real_distribution<double>{1e-6, 20}(engine_);
        s.api.burst = static_cast<std::uint32_t>(number(1, 100));
        s.api.requests_per_day = number(0, 1'000'000'000);
        if (coin()) s.api.max_attempts = static_cast<std::uint32_t>(number(1, 20));
        s.api.connect_timeout = duration(10, 300'000);
        s.api.request_timeout = duration(10, 300'000);
        s.metrics.breakdowns.clear();
        for (const auto& breakdown : all_breakdowns) {
            if (coin()) s.metrics.breakdowns.push_back(breakdown.value);
        }
        s.metrics.max_values_per_label = static_cast<std::uint32_t>(number(1, 10'000));
        s.state_path = words();
        s.inventory_interval = coin() ? milliseconds{0} : duration(1'000, 600'000);
        return s;
    }

private:
    std::uint64_t number(std::uint64_t least, std::uint64_t most) {
        return std::uniform_int_distribution<std::uint64_t>{least, most}(engine_);
    }
    bool coin() { return number(0, 1) == 1; }
    milliseconds duration(std::uint64_t least, std::uint64_t most) {
        return milliseconds{static_cast<std::int64_t>(number(least, most))};
    }
    // Texts that a careless writer would get wrong.
    std::string words() {
        static const std::vector<std::string> pieces{"a",
                                                     "b c",
                                                     " ",
                                                     "#",
                                                     ": ",
                                                     "'",
                                                     "\"",
                                                     "\\",
                                                     "-",
                                                     "{",
                                                     "[",
                                                     "]",
                                                     "true",
                                                     "null",
                                                     "0x10",
                                                     "10",
                                                     "~",
                                                     "!",
                                                     "&",
                                                     "*",
                                                     "%",
                                                     "@",
                                                     "`",
                                                     ",",
                                                     "?",
                                                     "|",
                                                     ">",
                                                     "1e3",
                                                     "yes",
                                                     "---",
                                                     "...",
                                                     "\xC3\xA9",
                                                     "\xE2\x80\xA8",
                                                     "\xF0\x9F\x8E\xAE",
                                                     "\\n",
                                                     "<<",
                                                     "=",
                                                     ".inf",
                                                     "\xC2\x85",
                                                     "\xEF\xBB\xBF"};
        std::string text;
        for (auto left = number(0, 4); left > 0; --left)
            text += pieces[number(0, pieces.size() - 1)];
        return text;
    }
    Target target(std::uint64_t index) {
        Target t;
        t.name = words() + std::to_string(index);
        if (coin()) t.region = "us-west-" + std::to_string(index + 1);
        t.profile = words();
        if (coin())
            t.role_arn = "arn:aws:iam::111122223333:role/a+b=c,d.e@f-" + std::to_string(index);
        if (coin()) t.role_session_name = "on";
        if (coin()) t.endpoint_url = "https://host-" + std::to_string(index) + ":8443/a/b%20c";
        for (auto left = number(0, 3); left > 0; --left)
            t.labels["l" + std::to_string(left)] = words();
        if (coin()) t.labels["on"] = "off";
        return t;
    }

    std::mt19937 engine_;
};

} // namespace

TEST_CASE("the defaults print as every key, and comments where no constant holds") {
    CHECK(print_yaml(Settings{}) == R"(targets:
  - name: ""
    region: ""
    profile: ""
    role_arn: ""
    external_id: ""
    role_session_name: gamelift-streams-exporter
    endpoint_url: ""
    labels: {}
sweep:
  live_interval: 1m
  full_interval: 1h
  # stale_after: three live intervals
  strategy: auto
  look_ups: true
  # timeout: 30m, or three times the planned calls at requests_per_second where that is longer
api:
  requests_per_second: 5
  burst: 10
  requests_per_day: 0
  # max_attempts: AWS_MAX_ATTEMPTS, else 5
  connect_timeout: 3s
  request_timeout: 10s
metrics:
  breakdowns: [stream_group, application, status_reason]
  max_values_per_label: 200
state:
  path: ""
inventory:
  interval: 5m
)");
}

TEST_CASE("what is printed reads back equal") {
    RandomSettings random{20261124};
    for (int round = 0; round < 2000; ++round) {
        const auto settings = random.next();
        const auto text = print_yaml(settings);
        CAPTURE(text);
        REQUIRE(check(settings).empty());
        const auto back = read_yaml(text);
        REQUIRE(back.has_value());
        REQUIRE(*back == settings);
    }
}

TEST_CASE("secrets are hidden, and what hides them is refused on reading") {
    Settings settings;
    settings.targets[0].role_arn = "arn:aws:iam::111122223333:role/monitor";
    settings.targets[0].external_id = "hunter2";
    settings.targets[0].endpoint_url = "https://me:hunter2@host:1/p@th?q";
    const auto text = print_yaml(settings);
    CHECK(text.find("hunter2") == std::string::npos);
    CHECK(text.find("external_id: <secret>\n") != std::string::npos);
    CHECK(text.find("https://<secret>@host:1/p@th?q") != std::string::npos);
    CHECK(text.find("//me") == std::string::npos);
    const auto back = read_yaml(text);
    REQUIRE_FALSE(back.has_value());
    CHECK(back.error().size() == 2);
}
