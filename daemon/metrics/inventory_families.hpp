// The families of stream groups, their capacity, and applications, from the pictures of all
// targets. Pure.
#pragma once

#include "metrics/writer.hpp"
#include "poll/board.hpp"

#include <optional>

namespace gls::metrics {

// When it is too old to be shown: three intervals without success. None: there is no inventory.
[[nodiscard]] std::optional<WallTime> inventory_ends(const poll::Picture& picture) noexcept;

// In the catalogue's order. Targets whose account is not known yet are left out, as for sessions.
void write_inventory_families(Writer& writer, const poll::Pictures& pictures, WallTime now);

} // namespace gls::metrics
