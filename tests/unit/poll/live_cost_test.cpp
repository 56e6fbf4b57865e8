#include "poll/live_cost.hpp"
#include "poll/plan.hpp"
#include "situations.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace gls;
using namespace gls::poll;
using gls::test::fleet_of;
using gls::test::situation_of;
using std::chrono::minutes;

// 10,000 live ones: 106 calls of the chains, of which 10 are saved up.
Situation large(double leaving_a_minute) {
    Situation s = situation_of(fleet_of(1'000'000, 10'000, leaving_a_minute));
    s.fleet.pending_exports = 0;
    return s;
}

TEST_CASE("a live sweep takes its chains' time and that of its look-ups") {
    struct Case {
        std::string what;
        Situation situation;
        bool look_ups;
        double seconds;
    };
    Situation backlog = large(0);
    backlog.fleet.to_look_up = 110;
    Situation long_backlog = large(0);
    long_backlog.fleet.to_look_up = 100'000;
    Situation doubted = large(600);
    doubted.fleet.to_look_up = 100'000;
    doubted.look_ups_in_doubt = true;
    Situation slow_look_ups = large(100);
    slow_look_ups.look_ups_per_second = 1;
    const std::vector<Case> cases{
        {"nobody leaves", large(0), true, 19.2},
        {"200 a minute still fit", large(200), true, 19.2 + 38},
        {"270 a minute: nine tenths of the time is for them, nothing is saved up", large(270), true,
         81.2},
        {"more than the pace can ask about", large(600), true, 21.2 + 60},
        {"but not without look-ups", large(600), false, 21.2},
        {"some are to be asked about yet", backlog, true, 19.2 + 20},
        {"more than there is time for", long_backlog, true, 21.2 + 60},
        {"asking fails: it ends with the first, of those saved up", doubted, true, 19.2},
        {"look-ups have a pace of their own", slow_look_ups, true, 81.2},
    };
    for (const Case& c : cases) {
        CAPTURE(c.what);
        CHECK(live_sweep_seconds(c.situation, minutes{1}, c.look_ups) ==
              doctest::Approx(c.seconds).epsilon(0.001));
    }
    // Each minute 100 leave, 20 s of look-ups: with 21.2 s of chains 31.8 s, back to back.
    CHECK(live_sweep_seconds(large(100), seconds{10}, true) == doctest::Approx(31.8));
}

TEST_CASE("the interval in force counts the look-ups, so that the picture is not withdrawn") {
    Situation s = large(600);
    Rhythm rhythm = rhythm_of(s);
    CHECK(rhythm.live == minutes{1});
    CHECK(rhythm.live_in_force == milliseconds{81'200});
    CHECK(rhythm.stale_after == 3 * rhythm.live_in_force);
    s.sweep.look_ups = false;
    rhythm = rhythm_of(s);
    CHECK(rhythm.live_in_force == minutes{1});
}

TEST_CASE("the interval in force is no shorter than the last sweep") {
    Situation s = large(0);
    s.live.took = seconds{100};
    CHECK(rhythm_of(s).live == minutes{1});
    CHECK(rhythm_of(s).live_in_force == seconds{100});
    CHECK(rhythm_of(s).stale_after == minutes{5});
}

TEST_CASE("look-ups are planned for as many as leave in an interval, within what the pace allows") {
    const auto planned = [](const Situation& s) {
        return plan_of(SweepKind::live, s, rhythm_of(s));
    };
    Situation s = large(30);
    CHECK(planned(s).look_ups_expected == 30);
    CHECK(planned(s).calls == 106 + 30);
    s.fleet.to_look_up = 1'000; // on top where there is room
    CHECK(planned(s).look_ups_expected == 30);
    s.look_ups_in_doubt = true;
    CHECK(planned(s).look_ups_expected == 1);
    s.look_ups_in_doubt = false;
    s.fleet.unmet_per_minute = 400;
    CHECK(planned(s).look_ups_expected == 300);
    s.sweep.look_ups = false;
    CHECK(planned(s).look_ups_expected == 0);
}

TEST_CASE("as many as there is time for, at the pace in force") {
    Situation s = large(0);
    CHECK(most_look_ups(s, time_for_look_ups(minutes{1})) == 300);
    CHECK(most_look_ups(s, time_for_look_ups(minutes{10})) == 3'000);
    CHECK(most_look_ups(s, time_for_look_ups(seconds{1})) == 300); // being exact is worth a minute
    s.look_ups_per_second = 0.001;
    CHECK(most_look_ups(s, time_for_look_ups(minutes{1})) == 1);
}

TEST_CASE("a budget is reckoned with the look-ups that the pace lets through") {
    Situation s = large(900);
    s.budget = BudgetLeft{1'000'000, std::chrono::hours{24}, 1'000'000};
    CHECK(rhythm_of(s).look_ups); // 300 of 900 a minute, 432,000 a day
}

} // namespace
