// Asking about known sessions that a live sweep has not met, one by one and several at a time.
#pragma once

#include "base/task.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

// `most` of them are answered into `sweep`, those first that left last: they may be live yet. Or
// the first failure comes back and the rest is left. The first question goes alone: where the
// permission is missing, it costs one refusal a sweep and not eight.
[[nodiscard]] Task<std::optional<Error>> look_up_unmet(SweepParts parts, state::Sweep& sweep,
                                                       std::uint64_t most, SweepProgress& progress);

} // namespace gls::poll
