// A full sweep in parts: the list of every stream group, several at a time.
#pragma once

#include "base/task.hpp"
#include "poll/sweep_parts.hpp"
#include "poll/sweep_result.hpp"

#include <optional>

namespace gls::poll {

struct GroupLists {
    bool whole{false};              // everything listed has been read into the sweep
    std::optional<Error> denied{};  // not whole: a call that it takes is not allowed
    std::optional<Error> failure{}; // not whole: and the sweep is to fail
};

// Not whole, without failure: the account's own list must tell. So it is where the table knows of a
// stream group that AWS does not list any more: whether its sessions still are, only that list
// says.
[[nodiscard]] Task<GroupLists> read_group_lists(SweepParts parts, state::Sweep& sweep,
                                                SweepProgress& progress);

} // namespace gls::poll
