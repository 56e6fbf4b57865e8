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

TEST_CASE("a full sweep that is asked for does not wait for its interval") {
    Situation s = situation_of(fleet_of(1'000'000, 10'000, 0));
    CHECK_FALSE(next_full(s, noon).start);
    s.full.due = true;
    CHECK(next_full(s, noon).start);
    s.full.failures = 1; // it is tried again as others are
    s.full.ended = noon - seconds{1};
    CHECK_FALSE(next_full(s, noon).start);
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
        while (!next_live(s, now).start)
            now += next_live(s, now).wait;
        return now - noon;
    };
    CHECK(waits(1) == seconds{10});
    CHECK(waits(2) == seconds{20});
    CHECK(waits(3) == seconds{40});
    CHECK(waits(4) == seconds{60});
    CHECK(waits(1'000) == seconds{60});
}

TEST_CASE("a full sweep is tried again the sooner, the cheaper it is") {
    const auto waits = [](const Fleet& fleet, unsigned failures) {
        Situation s = situation_of(fleet, seconds{0});
        s.full.ended = noon;
        s.full.failures = failures;
        auto now = noon;
        while (!next_full(s, now).start && now < noon + hours{2})
            now += next_full(s, now).wait;
        return now - noon;
    };
    CHECK(waits(middling, 1) == seconds{10});                    // 50 calls
    CHECK(waits(fleet_of(10'000, 1'000, 20), 1) == seconds{20}); // 100 calls at 5 a second
    CHECK(waits(big, 1) == seconds{60});
    CHECK(waits(big, 3) == seconds{240});
    CHECK(waits(big, 1'000) == hours{1});
}

TEST_CASE("a full sweep that is all there is need not wait for the live interval") {
    Situation s = situation_of(small, seconds{10});
    s.live.ended = noon - seconds{9}; // a live one, while the full list failed
    s.full.ended = noon - seconds{11};
    s.full.failures = 1;
    REQUIRE(next_live(s, noon).start);
    CHECK(next_live(s, noon).start->kind == SweepKind::full);
    s.full.ended = noon - seconds{4};
    CHECK(next_live(s, noon).wait == seconds{6});
}

// Its full sweep costs 500 calls and has not run for ever; its live one costs 16.
Situation overdue() {
    Situation s = situation_of(fleet_of(50'000, 1'000, 0), hours{90});
    s.full = Lane{};
    return s;
}

TEST_CASE("no sweep starts that the budget cannot finish") {
    const auto starts = [](std::uint64_t calls) {
        Situation s = overdue();
        s.budget = BudgetLeft{calls, hours{20}, 2'000};
        const auto step = next_live(s, noon);
        return step.start ? std::optional{step.start->kind} : std::nullopt;
    };
    CHECK(starts(551) == SweepKind::full); // 500, a tenth, and one
    CHECK(starts(550) == SweepKind::live);
    CHECK(starts(18) == SweepKind::live); // 16, a tenth, and one
    CHECK(starts(17) == std::nullopt);
    CHECK(starts(0) == std::nullopt);
}

TEST_CASE("that the budget holds no sweep any more is said, but not where one is not due or runs") {
    Situation s = overdue();
    s.budget = BudgetLeft{17, hours{20}, 2'000};
    CHECK(next_live(s, noon).too_dear);
    s.full.running = true;
    CHECK_FALSE(next_live(s, noon).too_dear);
    s.full.running = false;
    s.budget->calls = 18;
    CHECK_FALSE(next_live(s, noon).too_dear);
    s.budget->calls = 0;
    s.live.started = noon - seconds{1};
    s.live.ended = noon;
    CHECK_FALSE(next_live(s, noon).too_dear);
    Situation too_small = situation_of(Fleet{}); // for live sweeps, but full ones are begun
    too_small.live = too_small.full = Lane{};
    too_small.budget = BudgetLeft{9, hours{20}, 9};
    CHECK_FALSE(next_live(too_small, noon).too_dear);
}

TEST_CASE("a full sweep that is tried again beside the live lane does not hurry that") {
    Situation s = situation_of(fleet_of(800, 150, 0));
    s.live.started = noon - seconds{2};
    s.live.ended = noon - seconds{1};
    s.full.started = noon - seconds{300};
    s.full.ended = noon - seconds{200};
    s.full.failures = 1;
    s.full.running = true;
    REQUIRE(rhythm_of(s).full_only);
    CHECK_FALSE(next_live(s, noon).start);
    s.full.running = false;
    CHECK(next_live(s, noon).start);
}

TEST_CASE(
    "a budget below what live chains take goes to full sweeps, of a fleet not known yet too") {
    Situation s;
    s.budget = BudgetLeft{9, hours{20}, 9};
    CHECK_FALSE(next_live(s, noon).start);
    REQUIRE(next_full(s, noon).start);
    CHECK(next_full(s, noon).start->kind == SweepKind::full);
    s.budget = BudgetLeft{9, hours{20}, 100}; // enough, but for today
    CHECK_FALSE(next_full(s, noon).start);
}

TEST_CASE("late in the day a full sweep leaves the live ones half of what they use") {
    const auto starts = [](std::uint64_t calls, milliseconds left) {
        Situation s = overdue();
        s.budget = BudgetLeft{calls, left, 20'000};
        return next_full(s, noon).start ? SweepKind::full : next_live(s, noon).start->kind;
    };
    CHECK(starts(700, hours{20}) == SweepKind::full);
    CHECK(starts(700, hours{6}) == SweepKind::live);
    CHECK(starts(20'000, hours{6}) == SweepKind::full);
}

TEST_CASE("where the live chains are broken, the whole list stands in for every other sweep") {
    Situation s = situation_of(fleet_of(5'000, 1'000, 0), minutes{5});
    const auto next = [&] { return next_live(s, noon).start->kind; };
    CHECK(next() == SweepKind::live);
    s.live.failures = s.live_sweep_failures = 2;
    CHECK(next() == SweepKind::live);
    s.live.failures = s.live_sweep_failures = 3;
    CHECK(next() == SweepKind::full);
    s.live.failures = 0; // that was good
    CHECK(next() == SweepKind::live);
    s.live.failures = 1;
    s.live_sweep_failures = 4;
    CHECK(next() == SweepKind::full);
    s.full.failures = 1;
    CHECK(next() == SweepKind::live);
    s.full.failures = 0;
    s.fleet = fleet_of(100'000, 1'000, 0); // 200 s for it
    CHECK(next() == SweepKind::live);
}

TEST_CASE("a list whose length nobody knows is read only as far as the budget allows") {
    Situation s;
    s.live.started = noon;
    s.live.ended = noon;
    s.budget = BudgetLeft{1'000, hours{20}, 1'000};
    REQUIRE(next_full(s, noon).start);
    CHECK(next_full(s, noon).start->most_calls == 500);
    s.fleet.pages_read = 300; // that was not enough
    REQUIRE(next_full(s, noon).start);
    CHECK(next_full(s, noon).start->most_calls == 900);
    s.fleet.pages_read = 800; // it would come hardly further: no day's budget can do it
    CHECK_FALSE(next_full(s, noon).start);
}

} // namespace
