// The page's tables with a line for each target, or for each of its sweeps. Pure.
#pragma once

#include "poll/board.hpp"

#include <string>

namespace gls::web {

[[nodiscard]] std::string targets_table(const poll::Pictures& pictures, WallTime now);
[[nodiscard]] std::string sweeps_table(const poll::Pictures& pictures, WallTime now);
[[nodiscard]] std::string pace_table(const poll::Pictures& pictures, WallTime now);

} // namespace gls::web
