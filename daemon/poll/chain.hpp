// One chain as a part of a sweep.
#pragma once

#include "base/task.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"
#include "streams/list_pages.hpp"

namespace gls::poll {

// streams::list_pages() into `sweep`; what it takes is added to `progress` call by call. All
// outlive the task. Once `in_vain` holds an error, it ends as malformed instead of reading on.
[[nodiscard]] Task<streams::Chain> run_chain(SweepParts parts, state::Sweep& sweep,
                                             streams::Filter filter, aws::Urgency urgency,
                                             streams::PageLimits limits, SweepProgress& progress,
                                             const std::optional<Error>* in_vain = nullptr);

} // namespace gls::poll
