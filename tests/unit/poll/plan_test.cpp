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

TEST_CASE("a slow sweep does not make a quiet fleet's pause longer") {
    Situation s = situation_of(fleet_of(900, 0, 0));
    s.quiet_sweeps = 10;
    s.live.took = minutes{5};
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
    s.budget->until_reset = hours{12}; // from then on the live sweeps keep their half
    const auto live = live_calls_until_midnight(s, rhythm_of(s));
    REQUIRE(live > 200);
    CHECK(plan_of(SweepKind::full, s, rhythm_of(s)).most_calls == 1'000 - live / 2);
}

TEST_CASE("look-ups give way to a full sweep where there are more of them than pages") {
    const Fleet fleet = fleet_of(1'000, 100, 0);
    CHECK_FALSE(full_is_cheaper(10, fleet));
    CHECK(full_is_cheaper(11, fleet));
    Fleet unknown = fleet;
    unknown.established = false;
    CHECK_FALSE(full_is_cheaper(11, unknown));
}

TEST_CASE("intervals of more than a day are as long as asked for") {
    Situation s = situation_of(fleet_of(50'000, 1'000, 0));
    s.sweep.live_interval = s.sweep.full_interval = hours{168};
    CHECK(rhythm_of(s).live == hours{168});
}

TEST_CASE("a full sweep gets the time that busy live chains leave it") {
    Situation s = situation_of(fleet_of(1'000'000, 25'000, 0)); // 256 of 300 calls a minute
    const Rhythm rhythm = rhythm_of(s);
    const auto timeout = plan_of(SweepKind::full, s, rhythm).timeout;
    CHECK(timeout > rhythm.full_in_force);
    CHECK(timeout >= seconds{20'000}); // at 0.73 a second
    s.full.took = hours{5};
    CHECK(rhythm_of(s).full_in_force == hours{5});
}

} // namespace
