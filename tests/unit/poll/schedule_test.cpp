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

const Fleet big = fleet_of(1'000'000, 10'000, 200);
const Fleet middling = fleet_of(5'000, 1'000, 20);
const Fleet small = fleet_of(60, 20, 2);

TEST_CASE("at the start: live first, then full in the background") {
    Situation s;
    REQUIRE(next_live(s, noon).start);
    CHECK(next_live(s, noon).start->kind == SweepKind::live);
    CHECK_FALSE(next_full(s, noon).start);

    s.live.started = noon;
    s.live.running = true;
    CHECK_FALSE(next_full(s, noon).start);
    s.live.running = false;
    s.live.ended = noon + seconds{1};
    REQUIRE(next_full(s, noon + seconds{1}).start);
    CHECK(next_full(s, noon + seconds{1}).start->kind == SweepKind::full);
}

TEST_CASE("strategy full begins with the full sweep and has no other") {
    Situation s;
    s.sweep.strategy = settings::Strategy::full;
    REQUIRE(next_live(s, noon).start);
    CHECK(next_live(s, noon).start->kind == SweepKind::full);
    CHECK_FALSE(next_full(s, noon).start);
}

TEST_CASE("a sweep is due one interval after the start of the one before") {
    const Situation early = situation_of(big, seconds{50});
    CHECK_FALSE(next_live(early, noon).start);
    CHECK(next_live(early, noon).wait == seconds{10});
    const Situation due = situation_of(big, seconds{60});
    REQUIRE(next_live(due, noon).start);
    CHECK(next_live(due, noon).start->kind == SweepKind::live);
    CHECK_FALSE(next_live(due, noon).delayed);
}

TEST_CASE("no wait is so long that midnight or the other lane would go unnoticed") {
    CHECK(next_live(situation_of(big, seconds{1}), noon).wait == seconds{15});
}

TEST_CASE("a sweep that outlasts its interval delays the next, which is said") {
    Situation s = situation_of(big, seconds{90});
    s.live.ended = noon - seconds{1};
    const Step step = next_live(s, noon);
    CHECK(step.start);
    CHECK(step.delayed);
}

TEST_CASE("a big fleet's full sweep runs beside the live ones") {
    const Situation s = situation_of(big, seconds{60}, hours{1});
    CHECK(next_live(s, noon).start->kind == SweepKind::live);
    REQUIRE(next_full(s, noon).start);
    CHECK(next_full(s, noon).start->calls == 10'000);
    CHECK_FALSE(next_full(situation_of(big, seconds{60}, minutes{59}), noon).start);
}

TEST_CASE("a quick full sweep stands in for a live one") {
    const Situation s = situation_of(middling, seconds{60}, minutes{59} + seconds{30});
    CHECK(next_live(s, noon).start->kind == SweepKind::full);
    CHECK_FALSE(next_full(s, noon).start);
    CHECK(next_live(situation_of(middling), noon).start->kind == SweepKind::live);
}

TEST_CASE("a quick full sweep that failed is tried again in the background") {
    Situation s = situation_of(middling, seconds{60}, minutes{5});
    s.full.failures = 1;
    CHECK(next_live(s, noon).start->kind == SweepKind::live);
    REQUIRE(next_full(s, noon).start);
}

TEST_CASE("of one kind only one runs at a time") {
    Situation s = situation_of(small);
    CHECK(next_live(s, noon).start->kind == SweepKind::full);
    s.full.running = true; // begun while the fleet was unknown
    CHECK(next_live(s, noon).start->kind == SweepKind::live);
}

TEST_CASE("failures are tried again soon, then rarer, never rarer than the interval") {
    const auto waits = [](unsigned failures) {
        Situation s = situation_of(big, seconds{1});
        s.live.ended = noon;
        s.live.failures = failures;
        auto now = noon;
        while (!next_live(s, now).start) now += next_live(s, now).wait;
        return now - noon;
    };
    CHECK(waits(1) == seconds{10});
    CHECK(waits(2) == seconds{20});
    CHECK(waits(3) == seconds{40});
    CHECK(waits(4) == seconds{60});
    CHECK(waits(1'000) == seconds{60});
}

TEST_CASE("no sweep starts that the budget cannot finish") {
    Situation s = situation_of(fleet_of(50'000, 1'000, 0), hours{30}, hours{30});
    s.budget = BudgetLeft{600, hours{20}};
    CHECK(next_live(s, noon).start);
    CHECK_FALSE(next_full(s, noon).start); // 500 and a margin of 51
    s.budget = BudgetLeft{550, hours{20}};
    CHECK_FALSE(next_full(s, noon).start);
    s.budget = BudgetLeft{551, hours{20}};
    CHECK_FALSE(next_full(s, noon).start == std::nullopt);
    s.budget = BudgetLeft{17, hours{1}};
    CHECK_FALSE(next_live(s, noon).start);
}

TEST_CASE("late in the day a full sweep leaves the live ones half of what they use") {
    Situation s = situation_of(fleet_of(50'000, 1'000, 0), seconds{60}, hours{30});
    const auto live = plan_of(SweepKind::live, s, rhythm_of(s)).calls;
    s.budget = BudgetLeft{live * 60 * 2, hours{2}};
    CHECK(next_full(s, noon).start);
    s.budget = BudgetLeft{700, hours{6}};
    CHECK_FALSE(next_full(s, noon).start);
    s.budget = BudgetLeft{700, hours{20}};
    CHECK(next_full(s, noon).start);
}

} // namespace
