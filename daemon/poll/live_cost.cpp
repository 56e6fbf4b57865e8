#include "poll/live_cost.hpp"

#include <algorithm>
#include <cmath>

namespace gls::poll {

namespace {

double leaving_in(milliseconds interval, const Situation& s) noexcept {
    // Where asking fails it ends with the first.
    return s.look_ups_in_doubt ? 1 : s.fleet.unmet_per_minute / 60 * in_seconds(interval);
}

// What is saved up meanwhile goes at once.
double seconds_after_burst(double calls, double burst, double turn) noexcept {
    return std::max(0.0, calls - burst) * turn;
}

} // namespace

milliseconds time_for_look_ups(milliseconds live_interval) noexcept {
    return std::max<milliseconds>(live_interval, std::chrono::minutes{1});
}

std::uint64_t most_look_ups(const Situation& s, milliseconds time) noexcept {
    const double calls = in_seconds(time) * s.look_ups_per_second;
    return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::min(calls, 1e9)));
}

double look_ups_per_minute(const Situation& s) noexcept {
    return std::min(s.fleet.unmet_per_minute, 60 * s.look_ups_per_second);
}

std::uint64_t expected_look_ups(const Situation& s, milliseconds live_interval) noexcept {
    return static_cast<std::uint64_t>(std::ceil(std::min(leaving_in(live_interval, s), 1e9)));
}

double live_sweep_seconds(const Situation& s, milliseconds live_interval, bool look_ups) noexcept {
    const auto calls = static_cast<double>(live_calls(s.fleet));
    const double turn = seconds_a_turn(s.requests_per_second);
    if (!look_ups) return calls * turn;
    const double interval = in_seconds(live_interval);
    const double turn_of_look_up = seconds_a_turn(s.look_ups_per_second);
    const double leaving = leaving_in(live_interval, s);
    const double before = s.look_ups_in_doubt ? 0 : static_cast<double>(s.fleet.to_look_up);
    const double asked = std::max(leaving, before);
    const double in_time = seconds_after_burst(calls, s.burst, turn) +
                           seconds_after_burst(asked, s.burst, turn_of_look_up);
    if (in_time <= interval) return in_time;
    // Back to back nothing is saved up, and the longer one takes, the more have left at the next.
    const double chains = calls * turn;
    const double share = leaving / interval * turn_of_look_up; // of the time, for them
    const double longest = chains + in_seconds(time_for_look_ups(live_interval));
    const double growing = share < 1 ? chains / (1 - share) : longest;
    return std::min(std::max(growing, chains + before * turn_of_look_up), longest);
}

} // namespace gls::poll
