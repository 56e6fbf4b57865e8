#include "poll/resolution.hpp"

#include "poll/live_cost.hpp"
#include "poll/schedule.hpp"
#include "poll/split.hpp"

#include <algorithm>

namespace gls::poll {

namespace {

// Half of what the budget holds at most, unless the plan has foreseen more.
std::uint64_t that_budget_allows(std::uint64_t calls, const Plan& plan, const Situation& s) {
    if (!s.budget) return calls;
    const auto left = s.budget->calls;
    return std::min({calls, left, std::max(left / 2, plan.look_ups_expected)});
}

std::chrono::duration<double> seconds_of(const Plan& full, const Situation& s) {
    return std::chrono::duration<double>{full.by_group ? split_seconds(s) : chain_seconds(s)};
}

} // namespace

Resolution resolution_of(const Unmet& unmet, const Plan& plan, const Situation& s) {
    const Rhythm rhythm = rhythm_of(s);
    Resolution resolution;
    if (!s.full.running && s.full.failures == 0 &&
        full_is_cheaper(unmet.left + unmet.hidden, s.fleet)) {
        const Plan full = plan_of(SweepKind::full, s, rhythm);
        const bool in_time = seconds_of(full, s) <= time_for_look_ups(rhythm.live);
        resolution.full_at_once = in_time && affordable(full, s);
        resolution.full_soon = !in_time && !s.budget; // which has better uses for its calls
    }
    if (resolution.full_at_once || resolution.full_soon) return resolution;
    // A full sweep under way tells about those that had left before it began.
    const auto to_ask = unmet.left + (s.full.running ? 0 : unmet.hidden);
    resolution.look_ups = that_budget_allows(std::min(to_ask, plan.most_look_ups), plan, s);
    return resolution;
}

} // namespace gls::poll
