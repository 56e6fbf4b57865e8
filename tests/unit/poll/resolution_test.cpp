#include "poll/resolution.hpp"
#include "situations.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace gls;
using namespace gls::poll;
using gls::test::fleet_of;
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
    Situation rich = small;
    rich.budget = BudgetLeft{10'000, hours{6}, 20'000};
    Situation large_with_budget = large;
    large_with_budget.budget = BudgetLeft{100'000, hours{6}, 200'000};
    Situation unknown = small;
    unknown.fleet.established = false;

    const std::vector<Case> cases{
        {"nobody is unmet", small, {0, 0}, false, false, 0},
        {"as many as pages", small, {100, 0}, false, false, 100},
        {"more than pages", small, {101, 0}, true, false, 0},
        {"those of before count too", small, {51, 50}, true, false, 0},
        {"it runs already, and will tell about those of before",
         running,
         {200, 50},
         false,
         false,
         200},
        {"it has just failed", failed, {101, 0}, false, false, 101},
        {"how long the list is nobody knows", unknown, {500, 0}, false, false, 300},
        {"more than there is time for", large, {400, 0}, false, false, 300},
        {"more than pages, but reading those takes long", large, {600, 401}, false, true, 0},
        {"and a budget has better uses for its calls",
         large_with_budget,
         {600, 401},
         false,
         false,
         300},
        {"the budget holds it", rich, {101, 0}, true, false, 0},
        {"the budget does not: at most half goes on look-ups", poor, {101, 0}, false, false, 50},
        {"slow answers", slow, {1'001, 0}, false, true, 0},
        {"which parts make up for", in_parts, {1'001, 0}, true, false, 0},
    };
    for (const Case& c : cases) {
        CAPTURE(c.what);
        const Plan plan = plan_of(SweepKind::live, c.situation, rhythm_of(c.situation));
        const Resolution resolution = resolution_of(c.unmet, plan, c.situation);
        CHECK(resolution.full_at_once == c.full_at_once);
        CHECK(resolution.full_soon == c.full_soon);
        CHECK(resolution.look_ups == c.look_ups);
    }
}

TEST_CASE("look-ups that the plan has set aside are made even of the last calls of a day") {
    Situation s = situation_of(fleet_of(10'000, 1'000, 20));
    Plan plan = plan_of(SweepKind::live, s, rhythm_of(s));
    REQUIRE(plan.look_ups_expected == 20);
    s.budget = BudgetLeft{25, hours{1}, 100'000};
    CHECK(resolution_of({30, 0}, plan, s).look_ups == 20);
    s.budget->calls = 15;
    CHECK(resolution_of({30, 0}, plan, s).look_ups == 15);
    s.budget->calls = 0;
    CHECK(resolution_of({30, 0}, plan, s).look_ups == 0);
}

} // namespace
