// Asking about known sessions that a live sweep has not met, one by one and several at a time.
#pragma once

#include "base/task.hpp"
#include "poll/resolution.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

struct LookUps {
    std::uint64_t asked{0};
    std::optional<Error> failure{}; // the first; nobody has been asked after it
};

// As many as the resolution has time and calls for are answered into `sweep`, those first that left
// last: they may be live yet. The first question goes alone: where the permission is missing, it
// costs one refusal a sweep and not eight.
[[nodiscard]] Task<LookUps> look_up_unmet(SweepParts parts, state::Sweep& sweep,
                                          Resolution resolution, SweepProgress& progress);

} // namespace gls::poll
