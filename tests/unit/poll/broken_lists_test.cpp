// Fleets whose lists break in part: what still works keeps the picture.
#include "polled_fleet.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace gls::test;
using std::chrono::hours;
using std::chrono::minutes;

bool is_filtered(const aws::Operation& operation) {
    return std::ranges::any_of(operation.query, [](const auto& each) {
        return each.first == "Status" || each.first == "ExportFilesStatus";
    });
}

bool is_list(const aws::Operation& operation) {
    return operation.name == "ListStreamSessionsByAccount";
}

std::optional<ErrorKind> malformed_if(bool broken) {
    return broken ? std::optional{ErrorKind::malformed} : std::nullopt;
}

// Whether the live picture was there at every step.
bool stays_fresh(PolledFleet& polled, milliseconds how_long) {
    bool fresh = true;
    polled.run_for(how_long, [&] {
        fresh &= live_is_fresh(polled.daemon->picture()->status, polled.clock.now());
    });
    return fresh;
}

ToyFleetSettings fleet_of(std::uint64_t listed, std::uint64_t live) {
    ToyFleetSettings fleet;
    fleet.listed = listed;
    fleet.live = live;
    fleet.starts_per_minute = 2;
    return fleet;
}

TEST_CASE("without the full list a small fleet is polled live, at no more than that costs") {
    PolledFleet polled{fleet_of(60, 20), {}, false};
    polled.run_for(minutes{10});
    polled.fleet.break_where([](const auto& operation) {
        return malformed_if(is_list(operation) && !is_filtered(operation));
    });
    CHECK(stays_fresh(polled, minutes{30}));
    const auto before = polled.fleet.calls();
    CHECK(stays_fresh(polled, hours{2}));
    CHECK(polled.fleet.calls() - before < 120 * 14); // nine calls, and those who have left

    polled.fleet.break_where({});
    polled.run_for(hours{1}); // its longest pause
    const auto mended = polled.fleet.calls();
    CHECK(stays_fresh(polled, hours{1}));
    CHECK(polled.fleet.calls() - mended <= 3 * 61); // 160 listed by then
}

TEST_CASE("live sweeps that fail meanwhile are found good again") {
    PolledFleet polled{fleet_of(60, 20), {}, false};
    polled.run_for(minutes{10});
    const auto begun = polled.clock.now();
    polled.fleet.break_where([&](const auto& operation) {
        const auto since = polled.clock.now() - begun;
        const bool live_too = since > seconds{15} && since < seconds{90};
        return malformed_if(is_list(operation) && (live_too || !is_filtered(operation)));
    });
    polled.run_for(minutes{10});
    CHECK(stays_fresh(polled, hours{3}));
}

TEST_CASE("without one of the live chains the full list keeps the picture") {
    auto fleet = fleet_of(3'000, 600);
    fleet.retention = hours{100}; // so that it stays as large
    PolledFleet polled{fleet, {}, false};
    polled.run_for(minutes{10});
    polled.fleet.break_where([](const auto& operation) {
        const auto is_it = [](const auto& each) { return each.second == "RECONNECTING"; };
        return malformed_if(std::ranges::any_of(operation.query, is_it));
    });
    polled.run_for(minutes{3});
    CHECK(stays_fresh(polled, hours{1}));
    polled.fleet.break_where({});
    polled.run_for(minutes{3});
    auto& reports = polled.daemon->sweeps.reports;
    reports.clear();
    CHECK(stays_fresh(polled, minutes{30}));
    CHECK(std::ranges::count(reports, SweepKind::live, &SweepReport::kind) > 25);
}

} // namespace
