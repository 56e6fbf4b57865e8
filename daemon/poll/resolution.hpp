// How the sessions are resolved that the live chains no longer meet: by asking about each, or by a
// full sweep, whichever is cheaper. Pure.
#pragma once

#include "poll/plan.hpp"

#include <cstdint>

namespace gls::poll {

// Known sessions that a live sweep has not met.
struct Unmet {
    std::uint64_t left{0};   // since the live sweep before
    std::uint64_t before{0}; // that one had not met them either, nor learnt what became of them
};

struct Resolution {
    bool full_at_once{false}; // in place of the rest of this sweep
    bool full_soon{false};    // it is cheaper, but takes long: beside the live sweeps to come
    // Most that are asked about, those that left last first, and how long that may take.
    std::uint64_t look_ups{0};
    milliseconds time{0};
};

// As things stand when their number is known: while the live chains were read a full sweep may have
// begun or failed, and calls have been spent. What `plan` has set aside is not yet taken off the
// budget.
[[nodiscard]] Resolution resolution_of(const Unmet& unmet, const Plan& plan,
                                       const Situation& situation, SteadyTime now);

} // namespace gls::poll
