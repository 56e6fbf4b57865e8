// When the next sweep of each lane begins. The live lane keeps the picture fresh, the full lane
// corrects it in the background; a full sweep that is cheap or quick enough runs in the live lane
// and stands in for both. Asked again whenever something ends, and every few seconds. Pure.
#pragma once

#include "poll/plan.hpp"

#include <optional>

namespace gls::poll {

struct Step {
    std::optional<Plan> start; // begin this now
    milliseconds wait{0};      // else ask again after this
    bool delayed{false};       // it was due while the one before still ran
    // Due, but the budget holds no sweep that would do; of the full lane: no day's does.
    bool too_dear{false};
};

[[nodiscard]] Step next_live(const Situation& situation, SteadyTime now);
[[nodiscard]] Step next_full(const Situation& situation, SteadyTime now);
// After so many failures in a row: doubling from `first`, never longer than the interval itself.
[[nodiscard]] milliseconds retry_pause(unsigned failures, milliseconds first,
                                       milliseconds interval);
// Whether the budget holds enough for it. No sweep starts that it cannot finish.
[[nodiscard]] bool affordable(const Plan& plan, const Situation& situation);
// Whether a full sweep may begin beside the live ones: none runs, and the budget holds it and, late
// in the day, enough for the others.
[[nodiscard]] bool may_start_full(const Plan& full, const Situation& situation,
                                  const Rhythm& rhythm);

} // namespace gls::poll
