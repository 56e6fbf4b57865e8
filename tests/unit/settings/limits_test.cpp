// Each range from both sides of both ends.
#include "base/duration.hpp"
#include "settings/check.hpp"
#include "settings/limits.hpp"
#include "settings/read_yaml.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gls;
using namespace gls::settings;

namespace {

bool accepted(const std::string& section, const std::string& key, const std::string& value) {
    // Wide neighbours, so that no rule between two keys speaks up.
    const std::string sweep =
        section == "sweep" && key != "live_interval" ? "live_interval: 1s, " : "";
    const std::string full = key == "live_interval" ? "full_interval: 1w, " : "";
    return read_yaml(section + ": {" + sweep + full + key + ": " + value + "}").has_value();
}

template <class Value>
void check_range(const std::string& section, const std::string& key,
                 const limits::Range<Value>& range, Value step) {
    const auto text = [](auto value) {
        if constexpr (std::is_same_v<decltype(value), milliseconds>) {
            return duration_text(value);
        } else {
            return std::to_string(value);
        }
    };
    CAPTURE(section);
    CAPTURE(key);
    CHECK(accepted(section, key, text(range.least)));
    CHECK(accepted(section, key, text(range.most)));
    if (range.least >= step) CHECK_FALSE(accepted(section, key, text(range.least - step)));
    CHECK_FALSE(accepted(section, key, text(range.most + step)));
}

} // namespace

TEST_CASE("durations and numbers hold within their range and not a step outside") {
    check_range("sweep", "live_interval", limits::interval, milliseconds{1});
    check_range("sweep", "full_interval", limits::interval, milliseconds{1});
    check_range("sweep", "stale_after", limits::interval, milliseconds{1});
    check_range("inventory", "interval", limits::interval, milliseconds{1});
    check_range("api", "connect_timeout", limits::call_timeout, milliseconds{1});
    check_range("api", "request_timeout", limits::call_timeout, milliseconds{1});
    check_range("api", "burst", limits::burst, 1U);
    check_range("api", "max_attempts", limits::max_attempts, 1U);
    check_range("api", "requests_per_day", limits::requests_per_day, std::uint64_t{1});
    check_range("metrics", "max_values_per_label", limits::max_values_per_label, 1U);
    CHECK(accepted("api", "requests_per_second", "20"));
    CHECK(accepted("api", "requests_per_second", "0.001"));
    CHECK_FALSE(accepted("api", "requests_per_second", "20.001"));
    CHECK_FALSE(accepted("api", "requests_per_second", "-1"));
}

TEST_CASE("check finds nothing in the defaults and everything in a ruin") {
    CHECK(check(Settings{}).empty());
    Settings ruin;
    ruin.targets.clear();
    ruin.sweep.live_interval = milliseconds{0};
    ruin.api.burst = 0;
    ruin.metrics.max_values_per_label = 0;
    ruin.state_path = std::string(5000, 'x');
    ruin.inventory_interval = milliseconds{-1};
    CHECK(check(ruin).size() == 6);
}
