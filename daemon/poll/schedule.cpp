#include "poll/schedule.hpp"

#include "poll/split.hpp"

#include <algorithm>
#include <cmath>

namespace gls::poll {

namespace {

// What a decision rests on may change while nothing runs here (midnight, the other lane), so no
// wait is longer than this.
constexpr milliseconds longest_wait = std::chrono::seconds{15};
constexpr milliseconds shortest_retry = std::chrono::seconds{10};
constexpr milliseconds first_retry_live = shortest_retry;
constexpr unsigned failures_of_a_broken_chain = 3;
constexpr milliseconds longest_first_retry_full = std::chrono::seconds{60};

SteadyTime due_of(const Lane& lane, milliseconds interval, milliseconds first_retry,
                  SteadyTime now) {
    if (!lane.started || !lane.ended) return now;
    if (lane.failures > 0) return *lane.ended + retry_pause(lane.failures, first_retry, interval);
    return lane.due ? now : *lane.started + interval;
}

Step wait_until(SteadyTime due, SteadyTime now) {
    const auto wait = std::chrono::ceil<milliseconds>(due - now);
    return {.start = {}, .wait = std::clamp(wait, milliseconds{1}, longest_wait)};
}

// In the second half of the day a full sweep that corrects leaves the live ones half of what they
// would use; with a fresh budget ahead at midnight it can wait.
bool leaves_enough(const Plan& plan, const Situation& s, const Rhythm& rhythm) {
    if (!s.budget || s.budget->until_reset > std::chrono::hours{12}) return true;
    const auto most = plan.most_calls.value_or(with_margin(plan.calls));
    return most + live_calls_until_midnight(s, rhythm) / 2 <= s.budget->calls;
}

// A budget may be below what the live chains take even if they find nothing.
bool live_fits_a_day(const Situation& s, const Rhythm& rhythm) {
    return !s.budget || with_margin(plan_of(SweepKind::live, s, rhythm).calls) <= s.budget->per_day;
}

bool delayed(const Lane& lane, milliseconds interval) {
    return lane.started && lane.ended && lane.failures == 0 &&
           *lane.ended > *lane.started + interval;
}

milliseconds duration_of_full(const Situation& s) {
    // In one chain: nobody promises that parts will be the whole.
    return milliseconds{static_cast<milliseconds::rep>(1000 * chain_seconds(s))};
}

// The dearer it is, the longer it may wait.
milliseconds first_retry_full(const Situation& s) {
    return std::clamp(duration_of_full(s), shortest_retry, longest_first_retry_full);
}

// Whether the full sweep is done so soon that the live one can be left out for it.
bool quick(const Situation& s, const Rhythm& rhythm) {
    const bool may = s.sweep.strategy == settings::Strategy::automatic && s.fleet.established;
    return may && s.full.failures == 0 && duration_of_full(s) * 2 <= rhythm.live;
}

// Where a live chain keeps failing, the whole list may tell what it does not; in turns, because the
// live sweep is to be found good again.
bool makes_good_for_live(const Situation& s, const Rhythm& rhythm) {
    const bool may = s.sweep.strategy == settings::Strategy::automatic && s.fleet.established;
    return may && s.full.failures == 0 && s.live.failures > 0 &&
           s.live_sweep_failures >= failures_of_a_broken_chain &&
           2 * duration_of_full(s) <= rhythm.stale_after;
}

bool full_stands_in(const Situation& s, const Rhythm& rhythm, SteadyTime now) {
    if (s.full.running) return false;
    if (rhythm.full_only || makes_good_for_live(s, rhythm)) return true;
    return quick(s, rhythm) &&
           due_of(s.full, rhythm.full, first_retry_full(s), now) <= now + rhythm.live;
}

} // namespace

milliseconds retry_pause(unsigned failures, milliseconds first, milliseconds interval) {
    const double pause =
        static_cast<double>(first.count()) * std::exp2(std::min(failures - 1, 20U));
    return std::min(interval, milliseconds{static_cast<milliseconds::rep>(pause)});
}

bool affordable(const Plan& plan, const Situation& s) {
    if (!s.budget) return true;
    if (plan.most_calls) return hold_full_sweep(*plan.most_calls, s.fleet);
    return with_margin(plan.calls) <= s.budget->calls;
}

bool may_start_full(const Plan& full, const Situation& s, const Rhythm& rhythm) {
    return !s.full.running && affordable(full, s) && leaves_enough(full, s, rhythm);
}

Step next_live(const Situation& s, SteadyTime now) {
    const Rhythm rhythm = rhythm_of(s);
    auto due = due_of(s.live, rhythm.live, first_retry_live, now);
    if (rhythm.full_only && s.full.failures > 0 && !s.full.running)
        due = std::min(due, due_of(s.full, rhythm.full, first_retry_full(s), now));
    if (due > now) return wait_until(due, now);
    Step step{.start = {}, .wait = longest_wait, .delayed = delayed(s.live, rhythm.live)};
    if (full_stands_in(s, rhythm, now)) {
        const Plan full = plan_of(SweepKind::full, s, rhythm);
        if (affordable(full, s) && (rhythm.full_only || leaves_enough(full, s, rhythm)))
            step.start = full;
    }
    const Plan live = plan_of(SweepKind::live, s, rhythm);
    const bool only_full = s.sweep.strategy == settings::Strategy::full;
    if (!step.start && !only_full && affordable(live, s)) step.start = live;
    step.too_dear =
        !step.start && !s.full.running && !affordable(plan_of(SweepKind::full, s, rhythm), s);
    return step;
}

Step next_full(const Situation& s, SteadyTime now) {
    const Rhythm rhythm = rhythm_of(s);
    if (rhythm.full_only) return {.start = {}, .wait = longest_wait};
    const bool never = s.budget && !hold_full_sweep(s.budget->per_day, s.fleet);
    if (quick(s, rhythm)) return {.start = {}, .wait = longest_wait, .too_dear = never};
    if (!s.live.ended && live_fits_a_day(s, rhythm))
        return {.start = {}, .wait = seconds{1}}; // the picture that people need comes first
    const auto due = due_of(s.full, rhythm.full, first_retry_full(s), now);
    if (due > now) return wait_until(due, now);
    const Plan full = plan_of(SweepKind::full, s, rhythm);
    Step step{.start = {}, .wait = longest_wait, .delayed = delayed(s.full, rhythm.full)};
    if (may_start_full(full, s, rhythm)) step.start = full;
    step.too_dear = never;
    return step;
}

} // namespace gls::poll
