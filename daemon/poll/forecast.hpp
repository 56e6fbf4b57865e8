// What a set of settings will cost a day, for fleets of three sizes: what --config.check prints.
// Pure.
#pragma once

#include "base/time.hpp"
#include "settings/settings.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace gls::poll {

// What is assumed of a fleet at work, besides its size; --config.check says so beside its figures.
inline constexpr double connected_share{0.8}; // of the live; the rest half ACTIVE, half ACTIVATING
inline constexpr double exported_share{0.02}; // of the sessions that end

struct Forecast {
    std::uint64_t listed{0}; // sessions, of which
    std::uint64_t live{0};
    std::uint64_t ending_per_minute{0};
    std::uint64_t calls_a_day{0}; // of one target, once its fleet is known
    // In force: the budget's stretch included; none: a day's budget does not hold a sweep.
    std::optional<milliseconds> live_interval{};
    std::optional<milliseconds> full_interval{};
};
[[nodiscard]] std::array<Forecast, 3> forecasts_of(const settings::Settings& settings);

} // namespace gls::poll
