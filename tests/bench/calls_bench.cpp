// What a refresh costs in calls, over a simulated hour of four fleets, beside a plain pager that
// reads every page each time. The planner, the sweeps and the table are the daemon's own; AWS is a
// model in memory and time is a manual clock, so nothing is estimated: each call is made and
// counted.
//     calls_bench [-tc='3*']      one fleet by its number; default: all four
// Fails where a figure is over what the project promises.
#include "polled_fleet.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>

namespace {

using namespace gls;
using namespace gls::test;
using std::chrono::hours;
using std::chrono::minutes;

struct Case {
    std::uint64_t listed;
    std::uint64_t live;
    double ending_per_minute;
    double promised;
    double promised_without_look_ups;
};

struct Measured {
    double calls_per_refresh{0};
    std::uint64_t live{0}, full{0}, failed{0}, delayed{0}, look_ups{0};
};

Measured measure(const Case& c, bool look_ups) {
    ToyFleetSettings fleet;
    fleet.listed = c.listed;
    fleet.live = c.live;
    fleet.starts_per_minute = c.ending_per_minute;
    fleet.export_share = 0.02;
    fleet.brief_share = 0.02;
    fleet.drop_share = 0.05;
    // An ended session stays listed for as long as keeps the list at its length.
    fleet.retention = milliseconds{static_cast<milliseconds::rep>(
        60'000 * static_cast<double>(c.listed - c.live) / c.ending_per_minute)};
    PollingSettings settings;
    settings.sweep.look_ups = look_ups;
    settings.max_values_per_label = 200;
    PolledFleet polled{fleet, settings, false};
    polled.run_for(hours{1} +
                   minutes{10}); // the first full sweep of the largest takes nearly an hour
    auto& sweeps = polled.daemon->sweeps;
    const auto calls_before = polled.fleet.calls();
    const auto look_ups_before = polled.fleet.calls("GetStreamSession");
    const auto reports_before = sweeps.reports.size();
    const auto delayed_before = sweeps.delayed;
    polled.run_for(hours{1});

    Measured measured;
    for (auto i = reports_before; i < sweeps.reports.size(); ++i) {
        const auto& report = sweeps.reports[i];
        ++(report.kind == poll::SweepKind::live ? measured.live : measured.full);
        if (!report.failure.empty()) ++measured.failed;
    }
    measured.delayed = sweeps.delayed - delayed_before;
    measured.look_ups = polled.fleet.calls("GetStreamSession") - look_ups_before;
    measured.calls_per_refresh = static_cast<double>(polled.fleet.calls() - calls_before) / 60;
    return measured;
}

void compare(const Case& c) {
    const auto pager = static_cast<double>(std::max<std::uint64_t>(1, (c.listed + 99) / 100));
    std::printf("%lu listed, %lu live, %.0f ending a minute; a plain pager: %.0f calls a refresh\n",
                c.listed, c.live, c.ending_per_minute, pager);
    for (const bool look_ups : {true, false}) {
        const Measured m = measure(c, look_ups);
        const double promised = look_ups ? c.promised : c.promised_without_look_ups;
        std::printf("  look-ups %-3s  %7.1f calls a refresh (at most %.0f), %.3f of the pager's; "
                    "in that hour %lu live and "
                    "%lu full sweeps, %lu look-ups, %lu delayed, %lu failed\n",
                    look_ups ? "yes" : "no", m.calls_per_refresh, promised,
                    m.calls_per_refresh / pager, m.live, m.full, m.look_ups, m.delayed, m.failed);
        std::fflush(stdout);
        CHECK(m.calls_per_refresh <= promised * 1.0001);
        CHECK(m.failed == 0);
    }
}

TEST_CASE("1: a page") {
    compare({60, 20, 2, 1, 1});
}
TEST_CASE("2: thousands") {
    compare({5'000, 1'000, 20, 40, 20});
}
TEST_CASE("3: a hundred thousand") {
    compare({100'000, 5'000, 100, 185, 75});
}
TEST_CASE("4: a million") {
    compare({1'000'000, 10'000, 200, 490, 285});
}

} // namespace
