#include "poll/forecast.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("what the default settings cost a day") {
    const auto [small, medium, large] = forecasts_of({});
    CHECK(small.listed == 100);
    CHECK(small.calls_a_day == 24 * 60); // one page a minute
    CHECK(small.live_interval == minutes{1});
    CHECK(medium.live_interval == minutes{1});
    CHECK(large.listed == 1'000'000);
    // Each minute 106 pages and 204 look-ups, each hour 10,000 pages.
    CHECK(large.calls_a_day == 24 * 60 * (106 + 204) + 24 * 10'000);
    CHECK(large.live_interval == minutes{1});
    CHECK(large.full_interval == hours{1});
}

TEST_CASE("no more calls a day are told than pace lets through") {
    settings::Settings settings;
    for (const double per_second : {0.05, 0.2, 0.5, 1.0, 3.0, 20.0}) {
        CAPTURE(per_second);
        settings.api.requests_per_second = per_second;
        for (const Forecast& forecast : forecasts_of(settings)) {
            CAPTURE(forecast.listed);
            // Lists and look-ups have a pace each.
            CHECK(static_cast<double>(forecast.calls_a_day) <= 2 * per_second * 86'400);
            CHECK(forecast.calls_a_day > 0);
        }
    }
}

TEST_CASE("a budget that does not hold a sweep has none") {
    settings::Settings settings;
    settings.api.requests_per_day = 9;
    const auto [small, medium, large] = forecasts_of(settings);
    CHECK(small.calls_a_day == 9);
    CHECK(small.live_interval == minutes{160});
    CHECK(small.full_interval);
    for (const Forecast& too_large : {medium, large}) {
        CHECK(too_large.calls_a_day == 0);
        CHECK_FALSE(too_large.live_interval);
        CHECK_FALSE(too_large.full_interval);
    }
    settings.api.requests_per_day = 5'000;
    const Forecast without_full = forecasts_of(settings).back();
    CHECK(without_full.live_interval);
    CHECK_FALSE(without_full.full_interval);
}

} // namespace
