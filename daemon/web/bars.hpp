// Counts as inline SVG bars, coloured by status through the page's style. Pure.
#pragma once

#include "web/shown_counts.hpp"

#include <string>

namespace gls::web {

// One line a status: name, count, bar relative to the largest of its table; live ones first.
[[nodiscard]] std::string status_bars(const ShownCounts& counts);
// One line a location, fullest first: live sessions in segments by status, and ended ones as a
// number.
[[nodiscard]] std::string location_bars(const ShownCounts& counts);

} // namespace gls::web
