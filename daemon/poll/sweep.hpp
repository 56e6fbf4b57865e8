// One sweep: a plan carried out against AWS into the session table, whole or not at all. The live
// chains run one after another (poll/cost.hpp says why in that order); then come pending exports,
// and last what was known but not met.
#pragma once

#include "base/task.hpp"
#include "poll/plan.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

namespace gls::poll {

// `may_widen`: a full sweep may follow at once in place of many look-ups.
[[nodiscard]] Task<SweepOutcome> sweep(SweepParts parts, Plan plan, Fleet fleet, bool may_widen,
                                       SweepProgress& progress);

} // namespace gls::poll
