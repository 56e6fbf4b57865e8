// What a day's budget does to the plan.
#include "poll/schedule.hpp"
#include "situations.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using gls::test::fleet_of;
using gls::test::noon;
using gls::test::situation_of;
using std::chrono::hours;
using std::chrono::minutes;

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

TEST_CASE("a budget that is spent makes the interval last until midnight") {
    Situation s = situation_of(fleet_of(60, 20, 2));
    s.budget = BudgetLeft{1, minutes{2}, 144}; // less than a sweep with its margin
    CHECK(rhythm_of(s).live == minutes{10});   // that the day was planned for
    s.live.began_ago = s.full.began_ago = minutes{25};
    CHECK(rhythm_of(s).live == minutes{27});
    CHECK(rhythm_of(s).stale_after == minutes{81});
    CHECK(rhythm_of(s).full_in_force == hours{10});
    s.full.began_ago = hours{11};
    CHECK(rhythm_of(s).full_in_force == hours{11} + minutes{2});
    s.live.failures = 1; // then it is not the budget that keeps it waiting
    CHECK(rhythm_of(s).live == minutes{10});
    s.budget = BudgetLeft{0, minutes{2}, 0}; // not even one a day
    CHECK(rhythm_of(s).live == hours{24});
}

TEST_CASE("a full sweep that no day holds takes nothing of the budget") {
    Situation s = situation_of(fleet_of(1'000'000, 1'000, 0));
    const auto interval = [&](std::uint64_t per_day) {
        s.budget = BudgetLeft{per_day, hours{24}, per_day};
        return rhythm_of(s).live;
    };
    const double chains = static_cast<double>(live_calls(s.fleet));
    for (const std::uint64_t per_day : {5'000U, 9'000U, 11'000U}) {
        CAPTURE(per_day);
        CHECK(in_seconds(interval(per_day)) ==
              doctest::Approx(86'400 * chains / static_cast<double>(per_day)).epsilon(0.01));
    }
    CHECK(interval(12'000) > minutes{15}); // one a day
    s.full = {};
    CHECK_FALSE(next_full(s, noon).too_dear);
    (void)interval(9'000);
    CHECK(next_full(s, noon).too_dear);
    s = situation_of(fleet_of(28'000, 500, 0)); // one that would be quick
    s.budget = BudgetLeft{300, hours{24}, 300};
    CHECK(next_full(s, noon).too_dear);
}

TEST_CASE("with less left than a full sweep costs, live ones go on until midnight") {
    Situation s = situation_of(fleet_of(10'000, 1'000, 0));
    s.budget = BudgetLeft{120, hours{6}, 20'000};
    const auto before = rhythm_of(s).live;
    s.budget->calls = 110;
    CHECK_FALSE(rhythm_of(s).full_only);
    CHECK(rhythm_of(s).live >= 0.9 * before);
}

} // namespace
