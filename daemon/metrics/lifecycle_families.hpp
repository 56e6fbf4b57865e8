// The families that count what happened to sessions, from the snapshots of all targets. Counters
// are not withdrawn with age: one that vanishes and returns would be a restart to rate(). Pure.
#pragma once

#include "metrics/session_families.hpp"

namespace gls::metrics {

void write_lifecycle_families(Writer& writer, const std::vector<ShownSnapshot>& shown);

} // namespace gls::metrics
