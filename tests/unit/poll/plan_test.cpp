#include "situations.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace gls;
using namespace gls::poll;
using gls::test::fleet_of;
using gls::test::situation_of;
using settings::Strategy;
using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("the cheaper kind of sweep is planned") {
    struct Case {
        std::string what;
        Fleet fleet;
        Strategy strategy;
        bool look_ups;
        bool full_only;
    };
    const std::vector<Case> cases{
        {"one page in all: one call beats nine", fleet_of(60, 20, 2), Strategy::automatic, true,
         true},
        {"nothing listed", fleet_of(0, 0, 0), Strategy::automatic, true, true},
        {"nine pages cost what nine chains cost", fleet_of(900, 20, 0), Strategy::automatic, true,
         true},
        {"ten pages cost more", fleet_of(1'000, 20, 0), Strategy::automatic, true, false},
        {"look-ups count", fleet_of(1'000, 20, 5), Strategy::automatic, true, true},
        {"but not where they are off", fleet_of(1'000, 20, 5), Strategy::automatic, false, false},
        {"5,000 listed", fleet_of(5'000, 1'000, 20), Strategy::automatic, true, false},
        {"100,000 listed", fleet_of(100'000, 5'000, 100), Strategy::automatic, true, false},
        {"1,000,000 listed", fleet_of(1'000'000, 10'000, 200), Strategy::automatic, true, false},
        {"nearly all live", fleet_of(5'000, 4'990, 1), Strategy::automatic, true, true},
        {"strategy full, whatever it costs", fleet_of(100'000, 5'000, 100), Strategy::full, true,
         true},
        {"strategy live, whatever it costs", fleet_of(60, 20, 2), Strategy::live, true, false},
    };
    for (const Case& c : cases) {
        CAPTURE(c.what);
        Situation s = situation_of(c.fleet);
        s.sweep.strategy = c.strategy;
        s.sweep.look_ups = c.look_ups;
        const Rhythm rhythm = rhythm_of(s);
        CHECK(rhythm.full_only == c.full_only);
        CHECK(rhythm.look_ups == c.look_ups);
        CHECK(rhythm.stretch == 1);
        CHECK(rhythm.live == minutes{1});
        CHECK(rhythm.full == hours{1});
    }
}

TEST_CASE("a fleet not yet established is looked at live first") {
    Fleet fleet = fleet_of(0, 0, 0);
    fleet.established = false;
    CHECK_FALSE(rhythm_of(situation_of(fleet)).full_only);
}

TEST_CASE("pages that AWS does not fill make the live chains as dear as they are") {
    Fleet fleet = fleet_of(5'000, 100, 0);
    CHECK_FALSE(rhythm_of(situation_of(fleet)).full_only);
    fleet.live_pages_factor = 6;
    CHECK(rhythm_of(situation_of(fleet)).full_only);
}

TEST_CASE("a full list that keeps failing does not take the live picture with it") {
    Situation s = situation_of(fleet_of(60, 20, 2));
    s.full.failures = 1;
    CHECK(rhythm_of(s).full_only);
    s.full.failures = 2;
    CHECK_FALSE(rhythm_of(s).full_only);
}

TEST_CASE("a budget stretches both intervals alike, so that it lasts the day") {
    Situation s = situation_of(fleet_of(5'000, 1'000, 0));
    s.sweep.look_ups = false;
    const double a_minute = rhythm_of(s).calls_per_minute;
    const auto a_day = static_cast<std::uint64_t>(a_minute * 60 * 24);

    s.budget = BudgetLeft{a_day + 1, hours{24}, a_day + 1};
    CHECK(rhythm_of(s).stretch == 1);

    s.budget = BudgetLeft{a_day / 4, hours{24}, a_day / 4};
    Rhythm rhythm = rhythm_of(s);
    CHECK(rhythm.stretch == doctest::Approx(4).epsilon(0.01));
    CHECK(rhythm.live.count() == doctest::Approx(240'000).epsilon(0.01));
    CHECK(rhythm.full.count() == doctest::Approx(4 * 3'600'000.).epsilon(0.01));
    CHECK(rhythm.calls_per_minute * 60 * 24 <= static_cast<double>(a_day) / 4 + 1);
    CHECK(rhythm.stale_after >= 3 * rhythm.live);

    s.budget->calls = a_day / 8; // half the day on, half of it spent: no change
    s.budget->until_reset = hours{12};
    CHECK(rhythm_of(s).stretch == doctest::Approx(4).epsilon(0.01));
    s.budget->calls = a_day / 16; // too much of it spent
    CHECK(rhythm_of(s).stretch == doctest::Approx(8).epsilon(0.01));
    s.budget->until_reset =
        minutes{20}; // much of it saved: faster, but not so that midnight is felt
    CHECK(rhythm_of(s).stretch == doctest::Approx(2).epsilon(0.01));
}

TEST_CASE("a burst of departures that no day's look-ups could pay for does not stop the sweeps") {
    Situation s = situation_of(fleet_of(300, 100, 0));
    s.sweep.live_interval = seconds{2};
    s.sweep.full_interval = seconds{6};
    s.full.failures = 2; // so that the full list cannot stand in
    s.budget = BudgetLeft{999'000, hours{3}, 1'000'000};
    s.look_ups_per_second = 20;
    s.fleet.unmet_per_minute = 750; // a hundred sessions ended within eight seconds
    const Rhythm rhythm = rhythm_of(s);
    CHECK(rhythm.live == seconds{2});
    CHECK(rhythm.full == seconds{6});
    CHECK_FALSE(rhythm.look_ups); // left to the full sweep until the rate is learned anew
    s.fleet.unmet_per_minute = 300;
    CHECK(rhythm_of(s).look_ups);
    CHECK(rhythm_of(s).live == seconds{2});
}

TEST_CASE("under a budget the way that stretches least is taken") {
    Situation s = situation_of(fleet_of(100'000, 5'000, 100));
    s.budget = BudgetLeft{200'000, hours{24}, 200'000};
    const Rhythm roomy = rhythm_of(s);
    CHECK(roomy.look_ups);
    CHECK_FALSE(roomy.full_only);
    CHECK(roomy.stretch > 1);

    // Each of 144,000 look-ups a day is asked once, however rare the sweeps: past that the rest
    // waits for the full sweep.
    s.budget = BudgetLeft{100'000, hours{24}, 100'000};
    const Rhythm tight = rhythm_of(s);
    CHECK_FALSE(tight.look_ups);
    CHECK(tight.stretch < 2);
}

TEST_CASE("look-ups are worth twice the interval, and no more") {
    // 293,760 look-ups a day; sweeps without them take 392,640 calls.
    Situation s = situation_of(fleet_of(1'000'000, 10'000, 204));
    const auto with = [&](std::uint64_t per_day) {
        s.budget = BudgetLeft{per_day, hours{24}, per_day};
        return rhythm_of(s);
    };
    CHECK_FALSE(with(300'000).look_ups);
    CHECK(with(300'000).live < minutes{2});
    CHECK(with(500'000).look_ups);
    CHECK(with(500'000).live < minutes{2});
    for (std::uint64_t per_day = 100'000; per_day < 1'000'000; per_day += 10'000) {
        CAPTURE(per_day);
        CHECK(with(per_day + 10'000).live <= 2.1 * with(per_day).live); // more may buy look-ups
        const double needed = std::max(1.0, 392'640 / static_cast<double>(per_day));
        CHECK(with(per_day).live <= 2.1 * needed * minutes{1});
    }
}

TEST_CASE("a budget that is spent keeps the intervals that the day was planned for") {
    Situation s = situation_of(fleet_of(60, 20, 2));
    s.budget = BudgetLeft{0, hours{3}, 144};
    CHECK(rhythm_of(s).live == minutes{10});
    s.budget->per_day = 0; // not even one
    CHECK(rhythm_of(s).live == hours{24});
}

TEST_CASE("with less left than a full sweep costs, live ones go on until midnight") {
    Situation s = situation_of(fleet_of(10'000, 1'000, 0));
    s.budget = BudgetLeft{120, hours{6}, 20'000};
    const auto before = rhythm_of(s).live;
    s.budget->calls = 110;
    CHECK_FALSE(rhythm_of(s).full_only);
    CHECK(rhythm_of(s).live >= before);
}

TEST_CASE("a slow sweep does not make a quiet fleet's pause longer") {
    Situation s = situation_of(fleet_of(900, 0, 0));
    s.quiet_sweeps = 10;
    s.live_took = minutes{5};
    CHECK(rhythm_of(s).live <= seconds{135});
    CHECK(rhythm_of(s).stale_after == minutes{15});
}

TEST_CASE("a quiet fleet is looked at less often, never past stale_after") {
    Situation s = situation_of(fleet_of(900, 0, 0));
    const auto live_after = [&](unsigned quiet) {
        s.quiet_sweeps = quiet;
        return rhythm_of(s).live;
    };
    CHECK(live_after(0) == minutes{1});
    CHECK(live_after(2) == minutes{1});
    CHECK(live_after(3) == minutes{2});
    CHECK(live_after(4) == seconds{135});
    CHECK(live_after(4'000'000'000U) == seconds{135});
    CHECK(rhythm_of(s).stale_after == minutes{3});
    s.fleet = fleet_of(30'000, 0, 0); // a full sweep takes a minute, and ends before that too
    s.sweep.strategy = settings::Strategy::full;
    CHECK(live_after(4) == seconds{90});
    s = situation_of(fleet_of(900, 0, 0));
    s.sweep.stale_after = hours{10};
    CHECK(live_after(5) == minutes{8});
    CHECK(live_after(40) == hours{1});
    s.sweep.full_interval = minutes{5};
    CHECK(live_after(40) == minutes{5});
}

TEST_CASE("stale_after is never less than three intervals in force, nor than three sweeps") {
    Situation s = situation_of(fleet_of(1'000'000, 100'000, 0));
    const Rhythm rhythm = rhythm_of(s); // 1,000 calls at 5 a second: 200 s
    CHECK(rhythm.live == minutes{1});
    CHECK(rhythm.live_in_force >= seconds{200});
    CHECK(rhythm.stale_after >= 3 * rhythm.live_in_force);
    s.sweep.stale_after = hours{5};
    CHECK(rhythm_of(s).stale_after == hours{5});
}

TEST_CASE("a plan says what the sweep will cost and how long it may take") {
    Situation s = situation_of(fleet_of(1'000'000, 10'000, 200));
    const Rhythm rhythm = rhythm_of(s);
    const Plan live = plan_of(SweepKind::live, s, rhythm);
    CHECK(live.calls == 80 + 10 + 10 + 2 + 2 + 1 + 1 + 200);
    CHECK(live.timeout == minutes{30});
    const Plan full = plan_of(SweepKind::full, s, rhythm);
    CHECK(full.calls == 10'000);
    CHECK(full.timeout == seconds{6'000});
    CHECK_FALSE(full.most_calls);
    s.sweep.timeout = minutes{1};
    CHECK(plan_of(SweepKind::full, s, rhythm).timeout == minutes{1});
}

TEST_CASE("a list of unknown length gets time for two million, and half of the budget") {
    const Fleet fleet;
    Situation s = situation_of(fleet);
    CHECK(plan_of(SweepKind::full, s, rhythm_of(s)).timeout == seconds{12'000});
    s.budget = BudgetLeft{1'000, hours{24}, 1'000};
    CHECK(plan_of(SweepKind::full, s, rhythm_of(s)).most_calls == 500);
    s.fleet.pages_read = 500;
    CHECK(plan_of(SweepKind::full, s, rhythm_of(s)).most_calls == 900);
}

TEST_CASE("look-ups give way to a full sweep where there are more of them than pages") {
    const Fleet fleet = fleet_of(1'000, 100, 0);
    CHECK_FALSE(full_is_cheaper(10, fleet));
    CHECK(full_is_cheaper(11, fleet));
    Fleet unknown = fleet;
    unknown.established = false;
    CHECK_FALSE(full_is_cheaper(11, unknown));
}

} // namespace
