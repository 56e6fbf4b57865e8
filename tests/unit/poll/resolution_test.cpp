#include "poll/resolution.hpp"
#include "situations.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace gls;
using namespace gls::poll;
using gls::test::fleet_of;
using gls::test::noon;
using gls::test::situation_of;
using std::chrono::hours;

TEST_CASE("the unmet are asked about, or a full sweep tells, whichever is cheaper") {
    struct Case {
        std::string what;
        Situation situation;
        Unmet unmet;
        bool full_at_once;
        bool full_soon;
        std::uint64_t look_ups;
    };
    // 100 pages are 20 s, 1,000 pages are 200 s of the pace; 300 look-ups are a minute.
    const Situation small = situation_of(fleet_of(10'000, 1'000, 0));
    const Situation large = situation_of(fleet_of(100'000, 5'000, 0));
    Situation slow = large; // AWS's answers, but in parts it takes 40 s
    slow.requests_per_second = slow.group_lists_per_second = slow.look_ups_per_second = 1'000;
    slow.fleet.latency_seconds = 0.3;
    Situation in_parts = slow;
    in_parts.fleet.stream_groups = 20;
    in_parts.fleet.largest_group = 5'000;
    in_parts.fleet.pages_by_group = 1'000;
    Situation running = small;
    running.full.running = true;
    Situation failed = small;
    failed.full.failures = 1;
    Situation poor = small;
    poor.budget = BudgetLeft{100, hours{6}, 20'000};
    Situation spare = small; // 16 pages a minute, and 100 an hour
    spare.budget = BudgetLeft{1'260, hours{1}, 20'000};
    Situation rich = small;
    rich.budget = BudgetLeft{10'000, hours{6}, 20'000};
    Situation large_with_budget = large;
    large_with_budget.budget = BudgetLeft{100'000, hours{6}, 200'000};
    Situation unknown = small;
    unknown.fleet.established = false;

    Situation just_been = large;
    just_been.full.ended = noon - seconds{199};
    Situation long_ago = large;
    long_ago.full.ended = noon - seconds{200};
    Situation late = large_with_budget;
    late.budget->calls = 1'500; // with 56 calls a sweep until midnight

    const std::vector<Case> cases{
        {"nobody is unmet", small, {0, 0}, false, false, 300},
        {"as many as pages", small, {100, 0}, false, false, 300},
        {"more than pages", small, {101, 0}, true, false, 0},
        {"those of before count too", small, {51, 50}, true, false, 0},
        {"it runs already, and tells about those of before", running, {200, 50}, false, false, 200},
        {"which are asked about where that costs less", running, {50, 30}, false, false, 300},
        {"it has just failed", failed, {101, 0}, false, false, 300},
        {"how long the list is nobody knows", unknown, {500, 0}, false, false, 300},
        {"more than there is time for", large, {400, 0}, false, false, 300},
        {"reading it takes long: only those are asked about that may be live",
         large,
         {250, 751},
         false,
         true,
         250},
        {"which are still too many", large, {600, 401}, false, true, 300},
        {"not again as soon as it has ended", just_been, {600, 401}, false, false, 300},
        {"but half of the time it may run", long_ago, {600, 401}, false, true, 300},
        {"the budget holds it", rich, {101, 0}, true, false, 0},
        {"or one that takes long", large_with_budget, {600, 401}, false, true, 300},
        {"but not the live sweeps to come as well", late, {600, 401}, false, false, 36},
        {"the budget does not: half of what it has for an interval",
         poor,
         {101, 0},
         false,
         false,
         8},
        {"what the sweeps will not need is there for look-ups", spare, {100, 0}, false, false, 200},
        {"slow answers", slow, {1'001, 0}, false, true, 1'001},
        {"which parts make up for", in_parts, {1'001, 0}, true, false, 0},
    };
    for (const Case& c : cases) {
        CAPTURE(c.what);
        const Plan plan = plan_of(SweepKind::live, c.situation, rhythm_of(c.situation));
        Situation s = c.situation;
        s.live.started = noon;
        const Resolution resolution = resolution_of(c.unmet, plan, s, noon);
        CHECK(resolution.full_at_once == c.full_at_once);
        CHECK(resolution.full_soon == c.full_soon);
        CHECK(resolution.look_ups == c.look_ups);
    }
}

TEST_CASE("look-ups take an interval's time, or half of what the timeout leaves") {
    Situation s = situation_of(fleet_of(100'000, 5'000, 0));
    s.live.started = noon;
    const auto time_after = [&](milliseconds chains) {
        const Plan plan = plan_of(SweepKind::live, s, rhythm_of(s));
        return resolution_of({10, 0}, plan, s, noon + chains).time;
    };
    CHECK(time_after(seconds{20}) == seconds{60});
    s.sweep.timeout = seconds{60};
    CHECK(time_after(seconds{20}) == seconds{20});
    CHECK(time_after(seconds{70}) == seconds{0});
    s.sweep.timeout.reset();
    s.sweep.live_interval = std::chrono::minutes{5};
    CHECK(time_after(seconds{20}) == seconds{300});
}

TEST_CASE("look-ups that the plan has set aside are made even of the last calls of a day") {
    Situation s = situation_of(fleet_of(10'000, 1'000, 20));
    s.live.started = noon;
    const Plan plan = plan_of(SweepKind::live, s, rhythm_of(s));
    REQUIRE(plan.look_ups_expected == 20);
    const auto of_last = [&](std::uint64_t calls) {
        s.budget = BudgetLeft{calls, hours{1}, 100'000};
        return resolution_of({30, 0}, plan, s, noon).look_ups;
    };
    CHECK(of_last(25) == 20);
    CHECK(of_last(15) == 15);
    CHECK(of_last(0) == 0);
    CHECK(of_last(200) == 20);
    CHECK(of_last(5'000) == 300); // as many as there is time for
}

TEST_CASE("look-ups left over do not eat up a day's sweeps") {
    Situation s = situation_of(fleet_of(150'000, 3'000, 0));
    s.live.started = noon;
    const auto per_day = std::uint64_t{2'000};
    std::uint64_t sweeps = 0;
    s.budget = BudgetLeft{per_day, hours{24}, per_day};
    for (std::uint64_t left_over = 1'400; s.budget->until_reset > hours{12}; ++sweeps) {
        const Rhythm rhythm = rhythm_of(s);
        const Plan plan = plan_of(SweepKind::live, s, rhythm);
        s.fleet.to_look_up = left_over;
        const auto asked = resolution_of({0, left_over}, plan, s, noon).look_ups;
        REQUIRE(live_calls(s.fleet) + asked < s.budget->calls);
        s.budget->calls -= live_calls(s.fleet) + asked;
        s.budget->until_reset -= rhythm.live;
        left_over -= asked;
    }
    CHECK(s.budget->calls > per_day / 3); // a half would be all even
    CHECK(sweeps > 15);
}

} // namespace
