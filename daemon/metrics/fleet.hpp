// Pictures of the targets to text: every family whose values come from a sweep's snapshot or from
// how polling goes. What is too old or not yet established is left out, never shown as zero. Pure.
#pragma once

#include "metrics/writer.hpp"
#include "poll/board.hpp"
#include "settings/settings.hpp"

namespace gls::metrics {

// Families come whole, in the catalogue's order, targets in the order of the settings.
void write_fleet(Writer& writer, const poll::Pictures& pictures, WallTime now,
                 const settings::Metrics& metrics);

// The first instant after `now` at which write_fleet would write something else for the same
// pictures, because one of them becomes too old; WallTime::max() where none will.
[[nodiscard]] WallTime next_staleness(const poll::Pictures& pictures, WallTime now) noexcept;

} // namespace gls::metrics
