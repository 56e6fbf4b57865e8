// Durations as Prometheus writes them: 90s, 5m, 1h30m, 1d, 100ms; 0 without a unit is allowed.
// Pure.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls {

[[nodiscard]] std::optional<milliseconds> parse_duration(std::string_view text);
[[nodiscard]] std::string
duration_text(milliseconds duration); // the shortest such form: 90s -> 1m30s

} // namespace gls
