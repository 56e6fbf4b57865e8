// Asking about known sessions that a live sweep has not met, one by one and several at a time.
#pragma once

#include "base/task.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

#include <optional>

namespace gls::poll {

// Every one is answered into `sweep`, or the first failure comes back and the rest is left. The
// first question goes alone: where the permission is missing, it costs one refusal a sweep and not
// eight.
[[nodiscard]] Task<std::optional<Error>> look_up_unmet(SweepParts parts, state::Sweep& sweep,
                                                       SweepProgress& progress);

} // namespace gls::poll
