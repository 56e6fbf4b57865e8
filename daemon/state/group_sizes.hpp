// How the listed sessions are spread over stream groups. Pure.
#pragma once

#include "state/session_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace gls::state {

struct GroupSize {
    std::string stream_group; // "unknown" and "other" are none of AWS's
    std::uint64_t sessions{0};
};

// Groups with listed sessions, the largest first. Costs the number of cells, not of sessions.
[[nodiscard]] std::vector<GroupSize> group_sizes(const SessionTable& table);

} // namespace gls::state
