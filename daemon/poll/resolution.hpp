// How the sessions are resolved that the live chains no longer meet: by asking about each, or by a
// full sweep, whichever is cheaper. Pure.
#pragma once

#include "poll/plan.hpp"

#include <cstdint>

namespace gls::poll {

// Known sessions that a live sweep has not met.
struct Unmet {
    std::uint64_t left{0};   // since the live sweep before
    std::uint64_t hidden{0}; // that one had not met them either, nor were they asked about
};

struct Resolution {
    bool full_at_once{false};  // in place of the rest of this sweep
    bool full_soon{false};     // it is cheaper, but takes long: beside the live sweeps to come
    std::uint64_t look_ups{0}; // at most; those that left last come first
};

// As things stand when their number is known: while the live chains were read a full sweep may have
// begun or failed, and calls have been spent. What `plan` has set aside is not yet taken off the
// budget.
[[nodiscard]] Resolution resolution_of(const Unmet& unmet, const Plan& plan,
                                       const Situation& situation);

} // namespace gls::poll
