// The ranges of the numbers in the settings and why they end where they do. The JSON Schema repeats
// them; a test keeps the two together.
#pragma once

#include "base/time.hpp"

#include <cstdint>

namespace gls::settings::limits {

using namespace std::chrono_literals;

template <class Value>
struct Range {
    Value least;
    Value most;
    [[nodiscard]] bool holds(Value value) const { return value >= least && value <= most; }
};

// A sweep needs at least one round trip; a week without a look is no monitoring.
inline constexpr Range<milliseconds> interval{1s, 168h};
// Waits on one connection or answer. Below 10 ms loopback itself fails now and then.
inline constexpr Range<milliseconds> call_timeout{10ms, 5min};
// AWS allows 20 list calls a second to the whole account and region; more is never of use.
inline constexpr double most_requests_per_second = 20;
// Five seconds' worth of what AWS allows; a longer burst takes it all from the game.
inline constexpr Range<std::uint32_t> burst{1, 100};
// 0 is "no budget"; a thousand million calls is more than AWS allows in a day.
inline constexpr Range<std::uint64_t> requests_per_day{0, 1'000'000'000};
// Twenty attempts at the longest backoff already outlast every sweep.
inline constexpr Range<std::uint32_t> max_attempts{1, 20};
// Each further value is at least eight series of `sessions`.
inline constexpr Range<std::uint32_t> max_values_per_label{1, 10'000};

inline constexpr std::size_t longest_text = 256;  // names, label values, regions
inline constexpr std::size_t longest_path = 4096; // PATH_MAX of Linux

} // namespace gls::settings::limits
