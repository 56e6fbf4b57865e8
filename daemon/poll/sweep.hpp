// One sweep: a plan carried out against AWS into the session table, whole or not at all. The live
// chains run one after another (poll/cost.hpp says why in that order); then come pending exports,
// and last what was known but not met.
#pragma once

#include "base/task.hpp"
#include "poll/resolution.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

#include <functional>

namespace gls::poll {

// Asked by a live sweep when it knows how many are unmet.
using Resolve = std::function<Resolution(const Unmet& unmet)>;

// `resolve` and `progress` outlive the task.
[[nodiscard]] Task<SweepOutcome> sweep(SweepParts parts, Plan plan, const Resolve& resolve,
                                       SweepProgress& progress);

// The border where a bug of ours becomes a failed sweep instead of the end of the process.
[[nodiscard]] Task<> guarded_sweep(SweepParts parts, Plan plan, const Resolve& resolve,
                                   SweepProgress& progress, SweepOutcome& outcome);

} // namespace gls::poll
