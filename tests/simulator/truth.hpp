// The whole truth about a fleet as JSON, counted by walking every session: slow and simple on
// purpose, because daemons are measured by it. Shapes: README.md, GET /_simulator/truth.
#pragma once

#include "simulator/fleet.hpp"

#include <string>

namespace gls::simulator {

[[nodiscard]] std::string truth_of(const Fleet& fleet, double speed, std::uint64_t births);

} // namespace gls::simulator
