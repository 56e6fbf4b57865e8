// Names for instants and durations. Pure: no clock is read here.
#pragma once

#include <chrono>
#include <cstdint>

namespace gls {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>; // UTC
using SteadyTime = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Unix seconds with a fraction, as Prometheus timestamps are written.
[[nodiscard]] inline double unix_seconds(WallTime time) {
    return static_cast<double>(time.time_since_epoch().count()) / 1000.0;
}

// With their fractions.
using FineSeconds = std::chrono::duration<double>;
using FineMinutes = std::chrono::duration<double, std::ratio<60>>;
[[nodiscard]] constexpr double in_seconds(FineSeconds duration) noexcept {
    return duration.count();
}

} // namespace gls
