#include "poll/split.hpp"
#include "situations.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace gls;
using namespace gls::poll;
using gls::test::fleet_of;
using gls::test::situation_of;

// `listed` sessions, evenly in `groups` stream groups; half a second for a page.
Situation slow_fleet(std::uint64_t listed, std::uint64_t groups) {
    Fleet fleet = fleet_of(listed, listed / 100, 0);
    fleet.latency_seconds = 0.5;
    fleet.stream_groups = groups;
    fleet.largest_group = listed / groups;
    fleet.pages_by_group = groups * pages_of(listed / groups);
    return situation_of(fleet);
}

TEST_CASE("a full sweep is read in parts where AWS's answers hold it back, and nowhere else") {
    struct Case {
        std::string what;
        Situation situation;
        bool pays;
    };
    std::vector<Case> cases{
        {"1,000 pages of half a second in ten groups", slow_fleet(100'000, 10), true},
        {"one group is one chain", slow_fleet(100'000, 1), false},
        {"nothing listed", slow_fleet(0, 10), false},
        {"a call more for each of many small groups", slow_fleet(100'000, 900), false},
    };
    const auto but = [&](std::string what, bool pays, auto change) {
        Situation situation = slow_fleet(100'000, 10);
        change(situation);
        cases.push_back({std::move(what), situation, pays});
    };
    but("answers within the pace", false, [](Situation& s) { s.fleet.latency_seconds = 0.2; });
    but("answers slower than the pace", true, [](Situation& s) { s.fleet.latency_seconds = 0.3; });
    but("latency not known yet", false, [](Situation& s) { s.fleet.latency_seconds = 0; });
    but("no full sweep yet", false, [](Situation& s) { s.fleet.established = false; });
    but("a full sweep that failed", false, [](Situation& s) { s.full.failures = 1; });
    but("a budget", false, [](Situation& s) { s.budget = BudgetLeft{.calls = 1'000'000}; });
    but("a chain is due", false, [](Situation& s) { s.fleet.chains_to_come = 1; });
    but("nine stream groups without sessions", true,
        [](Situation& s) { s.fleet.listed_groups = 19; });
    but("ninety of them, a call each", false, [](Situation& s) { s.fleet.listed_groups = 100; });
    but("nearly all in one group", false, [](Situation& s) { s.fleet.largest_group = 90'000; });
    but("half in one group", true, [](Situation& s) { s.fleet.largest_group = 50'000; });
    but("the other list is slowed down", false, [](Situation& s) { s.group_lists_per_second = 1; });
    for (const Case& c : cases) {
        CAPTURE(c.what);
        CHECK(split_pays(c.situation) == c.pays);
        const Plan plan = plan_of(SweepKind::full, c.situation, rhythm_of(c.situation));
        CHECK(plan.by_group == c.pays);
        CHECK(plan.calls ==
              (c.pays ? split_calls(c.situation.fleet) : full_calls(c.situation.fleet)));
        CHECK_FALSE(plan_of(SweepKind::live, c.situation, rhythm_of(c.situation)).by_group);
    }
}

TEST_CASE("in parts it costs the list of the groups and what their last pages lack") {
    Situation s = slow_fleet(100'000, 15); // 6,666 sessions each
    CHECK(full_calls(s.fleet) == 1'000);
    CHECK(split_calls(s.fleet) == 1 + 15 * 67);
    CHECK(chain_seconds(s) == doctest::Approx(500));
    CHECK(split_seconds(s) == doctest::Approx(1'006 / 5.0)); // now the pace sets the time
    s.fleet.full_pages_factor = 2;                           // where pages come half empty
    CHECK(split_calls(s.fleet) == 1 + 15 * 134);
    CHECK(chain_seconds(s) == doctest::Approx(1'000));
}

TEST_CASE("a sweep that AWS's answers make slow has the time that it takes") {
    Situation s = slow_fleet(1'000'000, 1);
    CHECK(plan_of(SweepKind::full, s, rhythm_of(s)).timeout == seconds{3 * 5'000});
    CHECK(rhythm_of(s).full_in_force == seconds{5'000});
    const auto live = plan_of(SweepKind::live, s, rhythm_of(s));
    const auto stale_after = rhythm_of(s).stale_after;
    s.fleet.latency_seconds = 0;
    CHECK(plan_of(SweepKind::full, s, rhythm_of(s)).timeout == seconds{3 * 2'000});
    CHECK(plan_of(SweepKind::live, s, rhythm_of(s)).timeout == live.timeout);
    CHECK(rhythm_of(s).stale_after == stale_after);
}

} // namespace
