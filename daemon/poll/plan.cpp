#include "poll/plan.hpp"

#include "poll/live_cost.hpp"
#include "poll/split.hpp"
#include "poll/way.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gls::poll {

namespace {

// Pages that a fleet of unknown size is given time for: two million listed sessions.
constexpr std::uint64_t pages_of_the_unknown = 20'000;
constexpr milliseconds shortest_timeout = std::chrono::minutes{30}; // the contract's default
// A fleet has to be quiet for this many sweeps before it is looked at less often.
constexpr unsigned quiet_enough = 3;

milliseconds stretched(milliseconds duration, double factor) {
    return milliseconds{static_cast<milliseconds::rep>(
        std::min(static_cast<double>(duration.count()) * factor, 1e12))};
}

// What comes about: sweeps are due every `asked`, and pace makes that `live` and `full`.
double calls_per_minute(const Way& way, const Situation& s, milliseconds asked, milliseconds live,
                        milliseconds full) {
    const double each_live = 1 / FineMinutes{live}.count();
    const double swept = static_cast<double>(way.sweep) * each_live;
    if (way.full_only) return swept;
    const bool never = s.budget && !hold_full_sweep(s.budget->per_day, s.fleet);
    const double full_ones =
        never ? 0 : static_cast<double>(full_calls(s.fleet)) / FineMinutes{full}.count();
    const auto most = static_cast<double>(most_look_ups(s, time_for_look_ups(asked)));
    return swept + full_ones + std::min(way.looked_up_per_minute, most * each_live);
}

// Where a lane's next sweep has to wait for the next day's budget, that is its interval: no fault
// makes it so late.
milliseconds until_midnight(const Lane& lane, bool waits, const Situation& s) {
    if (!s.budget || !waits || lane.failures > 0) return milliseconds{0};
    return lane.began_ago + s.budget->until_reset;
}

milliseconds live_interval(const Way& way, const Situation& s, double stretch) {
    const auto asked = interval_of(way, s.sweep);
    const auto longest = std::max<milliseconds>(asked, std::chrono::hours{24});
    const auto interval = std::min(stretched(asked, stretch), longest);
    return std::max(interval, until_midnight(s.live, !fits_today(way, s), s));
}

bool full_waits(const Situation& s) {
    return s.budget && !hold_full_sweep(s.budget->calls, s.fleet) &&
           hold_full_sweep(s.budget->per_day, s.fleet);
}

milliseconds time_for(double calls, double seconds_each) {
    return milliseconds{static_cast<milliseconds::rep>(1000 * calls * seconds_each)};
}

// What the live chains leave of the pace to a full sweep beside them.
double pace_left(const Situation& s, milliseconds live_in_force) {
    const double live_seconds = in_seconds(live_in_force);
    const double spent = static_cast<double>(live_calls(s.fleet)) / std::max(live_seconds, 1e-3);
    return std::max(s.requests_per_second - spent, s.requests_per_second / 10);
}

// In parts, or beside the live sweeps at the pace that they leave; no less than it last took.
milliseconds full_duration(const Situation& s, milliseconds live_in_force) {
    const double one_chain = static_cast<double>(full_calls(s.fleet)) *
                             seconds_a_call(s.fleet, pace_left(s, live_in_force));
    return std::max(time_for(1, split_pays(s) ? split_seconds(s) : one_chain), s.full.took);
}

// The longest pause of a fleet that stands still: the next sweep, which `takes` so long, is done
// before its picture is stale.
milliseconds quiet_pause(const Situation& s, milliseconds interval, milliseconds stale_after,
                         milliseconds takes) {
    if (s.quiet_sweeps < quiet_enough) return interval;
    const double doubled = std::exp2(std::min(s.quiet_sweeps - quiet_enough + 1, 30U));
    const auto in_time = stale_after - stretched(takes, 1.5);
    const auto longest = std::min({s.sweep.full_interval, stretched(stale_after, 0.75), in_time});
    return std::max(interval, std::min(stretched(interval, doubled), longest));
}

bool is_of_unknown_length(const Plan& plan, const Situation& s) {
    return plan.kind == SweepKind::full && !s.fleet.established;
}

// Three times what it takes at the pace in force; beside live chains, which go first, one and a
// half times what they leave time for.
milliseconds timeout_of(const Plan& plan, const Situation& s, const Rhythm& rhythm) {
    if (s.sweep.timeout) return *s.sweep.timeout;
    const auto calls = static_cast<double>(is_of_unknown_length(plan, s)
                                               ? std::max(plan.calls * 2, pages_of_the_unknown)
                                               : plan.calls);
    if (plan.kind == SweepKind::live)
        return std::max(shortest_timeout,
                        3 * time_for(calls, seconds_a_turn(s.requests_per_second)));
    const auto alone = time_for(calls, seconds_a_call(s.fleet, s.requests_per_second));
    const auto beside =
        time_for(calls, seconds_a_call(s.fleet, pace_left(s, rhythm.live_in_force)));
    return std::max({shortest_timeout, 3 * alone, rhythm.full_only ? alone : 3 * beside / 2});
}

// How long the list is nobody knows: the first try may cost half of what is left, later ones nearly
// all of it in the first half of a day, and then all but half of what the live sweeps need.
std::uint64_t most_of_the_unknown(const Situation& s, const Rhythm& rhythm) {
    const auto calls = s.budget->calls;
    if (s.fleet.pages_read == 0) return calls / 2;
    if (s.budget->until_reset > std::chrono::hours{12}) return calls * 9 / 10;
    const auto live = live_calls_until_midnight(s, rhythm) / 2;
    return std::min(calls * 9 / 10, calls - std::min(calls, live));
}

// The live chains come first where little is left of a day.
std::uint64_t left_beside(std::uint64_t calls, const std::optional<BudgetLeft>& budget) {
    if (!budget) return std::numeric_limits<std::uint64_t>::max();
    const auto needed = with_margin(calls);
    return budget->calls > needed ? (budget->calls - needed) * 10 / 11 : 0;
}

} // namespace

std::uint64_t live_calls_until_midnight(const Situation& s, const Rhythm& rhythm) {
    if (!s.budget) return 0;
    const auto sweeps = s.budget->until_reset / std::max(rhythm.live, milliseconds{1});
    return plan_of(SweepKind::live, s, rhythm).calls * static_cast<std::uint64_t>(sweeps);
}

Rhythm rhythm_of(const Situation& s) {
    const Way way = best_way(s);
    Rhythm rhythm;
    rhythm.full_only = way.full_only;
    rhythm.look_ups = way.look_ups || (way.full_only && s.sweep.look_ups);
    rhythm.stretch = budget_stretch(way, s);

    const auto live = live_interval(way, s, rhythm.stretch);
    rhythm.full = stretched(s.sweep.full_interval, rhythm.stretch);
    const auto reckoned = time_for(1, sweep_seconds(way, s, live));
    // What a slow sweep has made must not be stale at once.
    const auto live_takes = std::max(reckoned, s.live.took);
    const auto full_takes = full_duration(s, std::max(live, live_takes));
    // Never less than three intervals in force, so that a stretch does not look like a fault.
    const auto asked = s.sweep.stale_after.value_or(3 * s.sweep.live_interval);
    rhythm.stale_after = std::max(asked, 3 * std::max(live, live_takes));
    rhythm.live = quiet_pause(s, live, std::max(asked, 3 * std::max(live, reckoned)), live_takes);
    rhythm.live_in_force = std::max(rhythm.live, live_takes);
    rhythm.full_in_force = std::max({rhythm.full, way.full_only ? live_takes : full_takes,
                                     until_midnight(s.full, full_waits(s), s)});
    rhythm.full_stale_after = 3 * rhythm.full_in_force;
    rhythm.calls_per_minute =
        calls_per_minute(way, s, live, std::max(live, live_takes), rhythm.full_in_force);
    return rhythm;
}

Plan plan_of(SweepKind kind, const Situation& s, const Rhythm& rhythm) {
    Plan plan;
    plan.kind = kind;
    plan.look_ups = s.sweep.look_ups;
    plan.look_ups_may_fail = s.look_ups_in_doubt;
    plan.calls = kind == SweepKind::full ? full_calls(s.fleet) : live_calls(s.fleet);
    plan.by_group = kind == SweepKind::full && split_pays(s);
    if (plan.by_group) plan.calls = split_calls(s.fleet);
    if (kind == SweepKind::live && rhythm.look_ups) {
        const auto most = most_look_ups(s, time_for_look_ups(rhythm.live));
        plan.look_ups_expected = std::min({expected_look_ups(s, rhythm.live), full_calls(s.fleet),
                                           most, left_beside(plan.calls, s.budget)});
        plan.calls += plan.look_ups_expected;
    }
    if (is_of_unknown_length(plan, s) && s.budget) plan.most_calls = most_of_the_unknown(s, rhythm);
    plan.timeout = timeout_of(plan, s, rhythm);
    return plan;
}

bool full_is_cheaper(std::uint64_t unmet, const Fleet& fleet) noexcept {
    return fleet.established && unmet > full_calls(fleet);
}

} // namespace gls::poll
