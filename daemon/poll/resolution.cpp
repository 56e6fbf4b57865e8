#include "poll/resolution.hpp"

#include "poll/live_cost.hpp"
#include "poll/schedule.hpp"
#include "poll/split.hpp"

#include <algorithm>

namespace gls::poll {

namespace {

// What the plan has foreseen; what the sweeps until midnight will not need; and what is left over
// from before may make their intervals longer, but not eat them up: half of an interval's share.
// Where the day does not hold all look-ups, as many as it has room for, spread evenly.
std::uint64_t that_budget_allows(std::uint64_t calls, const Plan& plan, const Situation& s,
                                 const Rhythm& rhythm) {
    if (!s.budget) return calls;
    const auto left = static_cast<double>(s.budget->calls);
    const double to_reset = FineMinutes{s.budget->until_reset}.count();
    const double interval = std::min(1.0, FineMinutes{rhythm.live}.count() / to_reset);
    const double spare = std::max(0.0, left - rhythm.calls_per_minute * to_reset);
    const double allowed =
        rhythm.look_ups ? std::max(spare, left * interval / 2) : spare * interval;
    return std::min({calls, s.budget->calls,
                     std::max(static_cast<std::uint64_t>(allowed), plan.look_ups_expected)});
}

// An interval, but a sweep that its timeout cuts short would have asked for nothing.
milliseconds time_left(const Plan& plan, const Situation& s, const Rhythm& rhythm, SteadyTime now) {
    const auto begun = s.live.started.value_or(now);
    const auto to_timeout = std::chrono::floor<milliseconds>(begun + plan.timeout - now);
    return std::clamp(to_timeout / 2, milliseconds{0}, time_for_look_ups(rhythm.live));
}

milliseconds duration_of(const Plan& full, const Situation& s) {
    const FineSeconds takes{full.by_group ? split_seconds(s) : chain_seconds(s)};
    return std::chrono::ceil<milliseconds>(takes);
}

} // namespace

Resolution resolution_of(const Unmet& unmet, const Plan& plan, const Situation& s, SteadyTime now) {
    const Rhythm rhythm = rhythm_of(s);
    const auto all = unmet.left + unmet.before;
    Resolution resolution;
    const Plan full = plan_of(SweepKind::full, s, rhythm);
    const bool may_be_full = rhythm.look_ups && s.full.failures == 0;
    if (may_be_full && full_is_cheaper(all, s.fleet) && may_start_full(full, s, rhythm)) {
        const auto takes = duration_of(full, s);
        resolution.full_at_once = takes <= time_for_look_ups(rhythm.live);
        // Half of the time at most: where sessions always end so fast it is not asked for all day.
        const bool rested = !s.full.ended || now - *s.full.ended >= takes;
        resolution.full_soon = !resolution.full_at_once && rested;
    }
    if (resolution.full_at_once) return resolution;
    resolution.time = time_left(plan, s, rhythm, now);
    const auto most = most_look_ups(s, resolution.time);
    // Those of before are left to a full sweep that is cheaper; of the others some may be live yet.
    const bool full_tells =
        resolution.full_soon || (s.full.running && full_is_cheaper(all, s.fleet));
    resolution.look_ups =
        that_budget_allows(full_tells ? std::min(unmet.left, most) : most, plan, s, rhythm);
    return resolution;
}

} // namespace gls::poll
