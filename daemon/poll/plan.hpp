// What the polling of one target should look like from here on: which kinds of sweep, and how far
// apart. The cheapest way that still meets the freshness the settings ask for; where the day's
// budget cannot pay for that, the one that stretches the intervals least. Pure.
#pragma once

#include "base/time.hpp"
#include "poll/situation.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

struct Rhythm {
    bool full_only{false};      // every sweep unfiltered
    bool look_ups{true};        // of all that leave; else of as many as the budget has room for
    double stretch{1};          // what the budget does to the intervals
    double calls_per_minute{0}; // at the intervals in force, quiet times apart
    milliseconds live{0};       // from start to start; quiet times and stretch included
    milliseconds full{0};
    milliseconds live_in_force{0}; // no less than a sweep takes at the pace in force
    milliseconds full_in_force{0};
    milliseconds stale_after{0};
    milliseconds full_stale_after{0};
};
[[nodiscard]] Rhythm rhythm_of(const Situation& situation);

// One sweep to begin now.
struct Plan {
    SweepKind kind{SweepKind::live};
    bool look_ups{true};
    bool look_ups_may_fail{false}; // then the unmet wait for the full sweep, as without look-ups
    bool by_group{false};          // a full sweep in parts
    std::uint64_t calls{0};        // expected, look-ups among them
    std::uint64_t look_ups_expected{0};
    std::optional<std::uint64_t>
        most_calls; // past it the sweep fails with `budget`; none: no such end
    milliseconds timeout{0};
};
[[nodiscard]] Plan plan_of(SweepKind kind, const Situation& situation, const Rhythm& rhythm);

// That the live sweeps until midnight are to use of a budget, at the interval in force.
[[nodiscard]] std::uint64_t live_calls_until_midnight(const Situation& situation,
                                                      const Rhythm& rhythm);

// Whether `unmet` sessions are better resolved by an unfiltered chain than one by one.
[[nodiscard]] bool full_is_cheaper(std::uint64_t unmet, const Fleet& fleet) noexcept;

} // namespace gls::poll
