// Fleet sizes and orders from JSON, carried out. Pure.
#pragma once

#include "simulator/fleet.hpp"
#include "simulator/json_reader.hpp"

namespace gls::simulator {

// The sizes that `reset` names, the others as they were. Throws BadControl where they cannot be.
[[nodiscard]] FleetSizes sizes_from(const JsonObject& reset, FleetSizes sizes);
// Does what an order says; how many sessions, groups, locations or applications it met.
std::size_t carry_out(Fleet& fleet, const JsonObject& order);

} // namespace gls::simulator
