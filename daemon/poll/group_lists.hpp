// A full sweep in parts: the list of every stream group, several at a time.
#pragma once

#include "base/task.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

namespace gls::poll {

// Not whole, without failure: the account's own list must tell. So it is where the table knows of a
// stream group that AWS does not list any more: whether its sessions still are, only that list
// says.
[[nodiscard]] Task<PartsRead> read_group_lists(SweepParts parts, state::Sweep& sweep,
                                               SweepProgress& progress);

} // namespace gls::poll
