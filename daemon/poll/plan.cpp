#include "poll/plan.hpp"

#include "poll/live_cost.hpp"
#include "poll/split.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gls::poll {

namespace {

// Pages that a fleet of unknown size is given time for: two million listed sessions.
constexpr std::uint64_t pages_of_the_unknown = 20'000;
constexpr milliseconds shortest_timeout = std::chrono::minutes{30}; // the contract's default
// A fleet has to be quiet for this many sweeps before it is looked at less often.
constexpr unsigned quiet_enough = 3;
constexpr double no_end = 1e6; // a stretch that no day can hold
// Asking about what has ended is worth intervals of so many times the length.
constexpr double worth_of_look_ups = 2;

// One way of polling: what it costs at the intervals asked for, and how far it must stretch them.
struct Way {
    bool full_only;
    bool look_ups;
    double swept_per_minute;     // calls that fall as intervals grow
    double looked_up_per_minute; // calls that do not: each session that left is asked about once,
                                 // if there is time for it
    double longest_sweep;        // calls of what is swept in one live interval, look-ups apart
};

// How long its longest sweep takes. How slow the live chains' answers are nobody has learnt: they
// are few.
double sweep_seconds(const Way& way, const Situation& s, milliseconds interval) {
    if (!way.full_only) return live_sweep_seconds(s, interval, way.look_ups);
    return way.longest_sweep * seconds_a_call(s.fleet, s.requests_per_second);
}

milliseconds stretched(milliseconds duration, double factor) {
    return milliseconds{static_cast<milliseconds::rep>(
        std::min(static_cast<double>(duration.count()) * factor, 1e12))};
}

milliseconds live_interval_of(const Situation& s, bool full_only) {
    return full_only ? std::min(s.sweep.live_interval, s.sweep.full_interval)
                     : s.sweep.live_interval;
}

Way way_of(const Situation& s, bool full_only, bool look_ups) {
    const auto live = static_cast<double>(live_calls(s.fleet));
    const auto full = static_cast<double>(full_calls(s.fleet));
    const double interval = FineMinutes{live_interval_of(s, full_only)}.count();
    if (full_only) return {true, false, full / interval, 0, full};
    const double swept = live / interval + full / FineMinutes{s.sweep.full_interval}.count();
    return {false, look_ups, swept, look_ups ? look_ups_per_minute(s) : 0, live};
}

// How far `way` must stretch so that `calls` last for `time`.
double stretch_over(const Way& way, std::uint64_t calls, milliseconds time) {
    const double room =
        static_cast<double>(calls) - way.looked_up_per_minute * FineMinutes{time}.count();
    if (room <= 0) return no_end;
    return std::clamp(way.swept_per_minute * FineMinutes{time}.count() / room, 1.0, no_end);
}

// Whether what is left of the day holds one more of its sweeps.
bool fits_today(const Way& way, const std::optional<BudgetLeft>& budget) {
    return !budget || static_cast<double>(budget->calls) >= 1.1 * way.longest_sweep + 1;
}

// As what is left of the day demands, but steadily: what the morning has saved is not thrown out in
// the evening, to be missed after midnight. Where nothing more can begin today, what the day was
// planned for.
double budget_stretch(const Way& way, const std::optional<BudgetLeft>& budget) {
    if (!budget) return 1;
    const double planned = stretch_over(way, budget->per_day, std::chrono::hours{24});
    if (planned >= no_end) return no_end; // look-ups alone are more than a day holds
    if (!fits_today(way, budget)) return planned;
    return std::max({1.0, planned / 2, stretch_over(way, budget->calls, budget->until_reset)});
}

// Pace stretches too: a sweep that takes longer than its interval sets the interval.
double felt_stretch(const Way& way, const Situation& s) {
    const auto interval = live_interval_of(s, way.full_only);
    const FineSeconds asked = interval;
    const double paced = sweep_seconds(way, s, interval) / asked.count();
    return std::max(budget_stretch(way, s.budget), paced);
}

double calls_per_minute(const Way& way, double stretch) {
    return way.swept_per_minute / stretch + way.looked_up_per_minute;
}

// The same as it comes about: sweeps are due every `asked`, and pace makes that `live` and `full`.
double calls_per_minute(const Way& way, const Situation& s, milliseconds asked, milliseconds live,
                        milliseconds full) {
    if (way.full_only) return way.longest_sweep / FineMinutes{live}.count();
    const double swept = static_cast<double>(live_calls(s.fleet)) / FineMinutes{live}.count() +
                         static_cast<double>(full_calls(s.fleet)) / FineMinutes{full}.count();
    const auto most = static_cast<double>(most_look_ups(s, time_for_look_ups(asked)));
    return swept + std::min(way.looked_up_per_minute, most / FineMinutes{live}.count());
}

// One that can begin yet today; of those, the least stretched way; of two alike, the cheaper; of
// two as cheap, the later in the list.
Way best_way(const Situation& s) {
    const bool look_ups = s.sweep.look_ups;
    if (s.sweep.strategy == settings::Strategy::full) return way_of(s, true, look_ups);
    Way best = way_of(s, false, look_ups);
    const auto consider = [&](const Way& way) {
        if (fits_today(best, s.budget) && !fits_today(way, s.budget)) return;
        const double stretch = felt_stretch(way, s);
        const double least = felt_stretch(best, s);
        const bool alike = std::abs(stretch - least) < 0.05 * least;
        const bool cheaper = calls_per_minute(way, stretch) <= calls_per_minute(best, least);
        if (alike ? cheaper : stretch < least) best = way;
    };
    // Look-ups that a budget cannot pay for are left to the full sweep.
    const Way without = way_of(s, false, false);
    const double bearable = worth_of_look_ups * budget_stretch(without, s.budget);
    if (look_ups && budget_stretch(best, s.budget) > bearable) consider(without);
    // A full list that keeps failing must not take the live picture with it, unless that fails too.
    const bool full_works = s.fleet.established && (s.full.failures < 2 || s.live.failures > 2);
    if (s.sweep.strategy == settings::Strategy::automatic && full_works) {
        consider(way_of(s, true, look_ups));
    }
    return best;
}

milliseconds time_for(double calls, double seconds_each) {
    return milliseconds{static_cast<milliseconds::rep>(1000 * calls * seconds_each)};
}

// What the live chains leave of the pace to a full sweep beside them.
double pace_left(const Situation& s, milliseconds live_interval) {
    const double live_seconds = in_seconds(live_interval);
    const double spent = static_cast<double>(live_calls(s.fleet)) / std::max(live_seconds, 1e-3);
    return std::max(s.requests_per_second - spent, s.requests_per_second / 10);
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

milliseconds timeout_of(const Plan& plan, const Situation& s) {
    const auto counted =
        is_of_unknown_length(plan, s) ? std::max(plan.calls * 2, pages_of_the_unknown) : plan.calls;
    const double each = plan.kind == SweepKind::full
                            ? seconds_a_call(s.fleet, s.requests_per_second)
                            : seconds_a_turn(s.requests_per_second);
    return s.sweep.timeout.value_or(
        std::max(shortest_timeout, 3 * time_for(static_cast<double>(counted), each)));
}

} // namespace

Rhythm rhythm_of(const Situation& s) {
    const Way way = best_way(s);
    Rhythm rhythm;
    rhythm.full_only = way.full_only;
    rhythm.look_ups = way.look_ups || (way.full_only && s.sweep.look_ups);
    rhythm.stretch = budget_stretch(way, s.budget);

    const auto live = std::min<milliseconds>(
        stretched(live_interval_of(s, way.full_only), rhythm.stretch), std::chrono::hours{24});
    rhythm.full = stretched(s.sweep.full_interval, rhythm.stretch);
    const auto reckoned = time_for(1, sweep_seconds(way, s, live));
    // What a slow sweep has made must not be stale at once.
    const auto live_takes = std::max(reckoned, s.live_took);
    const auto full_takes = split_pays(s) ? time_for(1, split_seconds(s))
                                          : time_for(static_cast<double>(full_calls(s.fleet)),
                                                     seconds_a_call(s.fleet, pace_left(s, live)));
    // Never less than three intervals in force, so that a stretch does not look like a fault.
    const auto asked = s.sweep.stale_after.value_or(3 * s.sweep.live_interval);
    rhythm.stale_after = std::max(asked, 3 * std::max(live, live_takes));
    rhythm.live = quiet_pause(s, live, std::max(asked, 3 * std::max(live, reckoned)), live_takes);
    rhythm.live_in_force = std::max(rhythm.live, live_takes);
    rhythm.full_in_force =
        way.full_only ? std::max(rhythm.full, live_takes) : std::max(rhythm.full, full_takes);
    rhythm.full_stale_after = 3 * rhythm.full_in_force;
    rhythm.calls_per_minute =
        calls_per_minute(way, s, live, std::max(live, live_takes), rhythm.full_in_force);
    return rhythm;
}

Plan plan_of(SweepKind kind, const Situation& s, const Rhythm& rhythm) {
    Plan plan;
    plan.kind = kind;
    plan.look_ups = rhythm.look_ups;
    plan.look_ups_may_fail = s.look_ups_in_doubt;
    plan.calls = kind == SweepKind::full ? full_calls(s.fleet) : live_calls(s.fleet);
    plan.by_group = kind == SweepKind::full && split_pays(s);
    if (plan.by_group) plan.calls = split_calls(s.fleet);
    if (kind == SweepKind::live && rhythm.look_ups) {
        const auto most = most_look_ups(s, time_for_look_ups(rhythm.live));
        plan.look_ups_expected =
            std::min({expected_look_ups(s, rhythm.live), full_calls(s.fleet), most});
        plan.calls += plan.look_ups_expected;
    }
    if (is_of_unknown_length(plan, s) && s.budget) {
        // How long the list is nobody knows: the first try may cost half of what is left, later
        // ones nearly all of it.
        plan.most_calls = s.fleet.pages_read == 0 ? s.budget->calls / 2 : s.budget->calls * 9 / 10;
    }
    plan.timeout = timeout_of(plan, s);
    return plan;
}

bool full_is_cheaper(std::uint64_t unmet, const Fleet& fleet) noexcept {
    return fleet.established && unmet > full_calls(fleet);
}

} // namespace gls::poll
