// One sweep: a plan carried out against AWS into the session table, whole or not at all. The live
// chains run one after another (poll/cost.hpp says why in that order); then come pending exports,
// and last what was known but not met.
#pragma once

#include "base/task.hpp"
#include "poll/plan.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

#include <cstdint>
#include <functional>

namespace gls::poll {

// Asked when a live sweep knows how many are unmet: whether a full sweep is to follow at once in
// place of so many look-ups.
using Widens = std::function<bool(std::uint64_t unmet)>;

// `widens` and `progress` outlive the task.
[[nodiscard]] Task<SweepOutcome> sweep(SweepParts parts, Plan plan, const Widens& widens,
                                       SweepProgress& progress);

} // namespace gls::poll
