// The counts that /metrics shows at this instant, summed for people: by status, and by location.
// Pure.
#pragma once

#include "poll/board.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace gls::web {

// None: not established yet, or too old to show.
using ShownStatuses = std::array<std::optional<std::uint64_t>, streams::status_count>;
using ShownExports = std::array<std::optional<std::uint64_t>, streams::export_status_count>;

struct ShownLocation {
    std::string location;
    ShownStatuses statuses{};
    ShownExports exports{};
};

struct ShownCounts {
    ShownStatuses statuses{};
    std::vector<ShownLocation> locations; // sorted

    [[nodiscard]] bool empty() const noexcept { return locations.empty(); }
};

// Of one target, or of several together.
[[nodiscard]] ShownCounts shown_counts(const poll::Pictures& pictures, WallTime now);

} // namespace gls::web
