// Days under a budget, of fleets and settings drawn at random, with the reading of stream groups
// beside the sweeps: it is never overrun, no sweep begins in vain, and the picture that it pays for
// is there at every moment, midnight included.
#include "poll/inventory_lane.hpp"
#include "polled_fleet.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace gls::test;
using std::chrono::hours;
using std::chrono::minutes;

struct Drawn {
    ToyFleetSettings fleet;
    PollingSettings polling;
    std::uint64_t inventory_calls{0};
    milliseconds first{0}; // into the days
};

// At least what a live sweep every two hours takes, and two full ones.
Drawn drawn_with(std::uint32_t seed) {
    std::mt19937 random{seed};
    const auto between = [&](double low, double high) { // evenly by order of magnitude
        return low * std::pow(high / low, std::uniform_real_distribution<>{}(random));
    };
    Drawn drawn;
    drawn.fleet.seed = seed;
    const double listed = between(20, 2'000);
    const double live = listed * between(0.02, 0.5);
    drawn.fleet.listed = static_cast<std::uint64_t>(listed);
    drawn.fleet.live = static_cast<std::uint64_t>(live);
    drawn.fleet.starts_per_minute = between(0.05, 3);
    const double listed_for = (listed - live) / drawn.fleet.starts_per_minute;
    drawn.fleet.retention = minutes{static_cast<std::int64_t>(std::ceil(listed_for))};
    drawn.inventory_calls = static_cast<std::uint64_t>(between(2, 12));
    const double least = 12.0 * 12 + 2 * (listed / 100 + 1);
    drawn.polling.api.requests_per_day = static_cast<std::uint64_t>(least * between(1, 30));
    drawn.first = minutes{static_cast<std::int64_t>(between(1, 1'400))};
    return drawn;
}

// The inventory lane's rule, its calls made at once.
class Beside {
public:
    Beside(PolledFleet& polled, std::uint64_t calls) : polled_{polled} {
        situation_.interval = minutes{5};
        situation_.calls = calls;
        polled_.budget.shared_with(calls, situation_.interval);
    }
    void look() {
        const auto now = polled_.clock.steady_now();
        situation_.budget = polled_.budget.left(polled_.clock.now(), 0);
        if (!next_inventory(situation_, now).start) return;
        situation_.begun = situation_.ended = now;
        for (std::uint64_t i = 0; i < situation_.calls; ++i)
            (void)polled_.budget.take(polled_.clock.now());
    }

private:
    PolledFleet& polled_;
    InventorySituation situation_;
};

TEST_CASE("a budget of any size pays for a picture that is there all day") {
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        const Drawn drawn = drawn_with(seed);
        const auto per_day = drawn.polling.api.requests_per_day;
        CAPTURE(seed);
        CAPTURE(per_day);
        PolledFleet polled{drawn.fleet, drawn.polling, false};
        Beside beside{polled, drawn.inventory_calls};
        polled.clock.jump(drawn.first);
        polled.restart();
        polled.run_for(hours{2}, [&] { beside.look(); });
        unsigned withdrawn = 0;
        std::uint64_t most_spent = 0;
        polled.run_for(hours{48}, [&] {
            beside.look();
            const auto& status = polled.daemon->picture()->status;
            withdrawn += live_is_fresh(status, polled.clock.now()) ? 0 : 1;
            most_spent = std::max(most_spent, polled.budget.spent().calls);
        });
        CHECK(withdrawn == 0);
        CHECK(most_spent <= per_day);
        const auto& reports = polled.daemon->sweeps.reports;
        // Only of a list whose length nobody knew.
        CHECK(std::ranges::count(reports, "budget", &SweepReport::failure) <= 1);
    }
}

} // namespace
