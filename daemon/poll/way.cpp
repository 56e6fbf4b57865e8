#include "poll/way.hpp"

#include "poll/live_cost.hpp"

#include <algorithm>
#include <cmath>

namespace gls::poll {

namespace {

// Asking about what has ended is worth intervals of so many times the length.
constexpr double worth_of_look_ups = 2;
constexpr double no_end = 1e6; // a stretch that no day can hold

double a_minute(std::uint64_t calls, milliseconds interval) {
    return static_cast<double>(calls) / FineMinutes{interval}.count();
}

Way full_way(const Situation& s) {
    Way way{.full_only = true, .look_ups = false, .sweep = full_calls(s.fleet)};
    way.swept_per_minute = a_minute(way.sweep, interval_of(way, s.sweep));
    return way;
}

Way live_way(const Situation& s, bool look_ups) {
    Way way{.full_only = false, .look_ups = look_ups, .sweep = live_calls(s.fleet)};
    way.swept_per_minute = a_minute(way.sweep, interval_of(way, s.sweep));
    way.full_per_minute = a_minute(full_calls(s.fleet), s.sweep.full_interval);
    if (look_ups) way.looked_up_per_minute = look_ups_per_minute(s);
    return way;
}

// How far `way` must stretch so that `calls` last for `time`. A full sweep that they do not hold
// takes nothing of them.
double stretch_over(const Way& way, const Fleet& fleet, std::uint64_t calls, milliseconds time) {
    const double minutes = FineMinutes{time}.count();
    const double room = static_cast<double>(calls) - way.looked_up_per_minute * minutes;
    if (room <= 0) return no_end;
    const double full = hold_full_sweep(calls, fleet) ? way.full_per_minute : 0;
    return std::clamp((way.swept_per_minute + full) * minutes / room, 1.0, no_end);
}

// Pace stretches too: a sweep that takes longer than its interval sets the interval.
double felt_stretch(const Way& way, const Situation& s) {
    const auto asked = interval_of(way, s.sweep);
    return std::max(budget_stretch(way, s), sweep_seconds(way, s, asked) / in_seconds(asked));
}

double calls_per_minute(const Way& way, double stretch) {
    return (way.swept_per_minute + way.full_per_minute) / stretch + way.looked_up_per_minute;
}

// Of two: one that can begin yet today; else the less stretched; of two alike the cheaper; of two
// as cheap `b`.
const Way& better_of(const Way& a, const Way& b, const Situation& s) {
    if (fits_today(a, s) != fits_today(b, s)) return fits_today(a, s) ? a : b;
    const double of_a = felt_stretch(a, s);
    const double of_b = felt_stretch(b, s);
    if (std::abs(of_b - of_a) >= 0.05 * of_a) return of_a < of_b ? a : b;
    return calls_per_minute(a, of_a) < calls_per_minute(b, of_b) ? a : b;
}

// A full list that keeps failing must not take the live picture with it, unless live sweeps fail
// as often.
bool full_works(const Situation& s) {
    return s.fleet.established && (s.full.failures < 2 || s.full.failures <= s.live_sweep_failures);
}

} // namespace

milliseconds interval_of(const Way& way, const settings::Sweep& sweep) noexcept {
    return way.full_only ? std::min(sweep.live_interval, sweep.full_interval) : sweep.live_interval;
}

// How slow the live chains' answers are nobody has learnt: they are few.
double sweep_seconds(const Way& way, const Situation& s, milliseconds interval) noexcept {
    if (!way.full_only) return live_sweep_seconds(s, interval, way.look_ups);
    return static_cast<double>(way.sweep) * seconds_a_call(s.fleet, s.requests_per_second);
}

bool fits_today(const Way& way, const Situation& s) noexcept {
    return !s.budget || with_margin(way.sweep) <= s.budget->calls;
}

// As what is left of the day demands, but steadily: what the morning has saved is not thrown out in
// the evening, to be missed after midnight. Where nothing more can begin today, what the day was
// planned for.
double budget_stretch(const Way& way, const Situation& s) noexcept {
    if (!s.budget) return 1;
    const double planned = stretch_over(way, s.fleet, s.budget->per_day, std::chrono::hours{24});
    if (planned >= no_end) return no_end; // look-ups alone are more than a day holds
    if (!fits_today(way, s)) return planned;
    return std::max(
        {1.0, planned / 2, stretch_over(way, s.fleet, s.budget->calls, s.budget->until_reset)});
}

Way best_way(const Situation& s) {
    if (s.sweep.strategy == settings::Strategy::full) return full_way(s);
    Way best = live_way(s, s.sweep.look_ups);
    // Look-ups that a budget cannot pay for are left to the full sweep.
    const Way without = live_way(s, false);
    const double bearable = worth_of_look_ups * budget_stretch(without, s);
    if (best.look_ups && budget_stretch(best, s) > bearable) best = better_of(best, without, s);
    const bool may_be_full = s.sweep.strategy == settings::Strategy::automatic && full_works(s);
    return may_be_full ? better_of(best, full_way(s), s) : best;
}

} // namespace gls::poll
