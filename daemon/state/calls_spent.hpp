// What of requests_per_day is spent: kept over restarts. Pure.
#pragma once

#include "base/time.hpp"

#include <compare>
#include <cstdint>

namespace gls::state {

struct CallsSpent {
    std::chrono::sys_days day{}; // UTC
    std::uint64_t calls{0};      // attempts, retries included
    friend auto operator<=>(const CallsSpent&,
                            const CallsSpent&) = default; // by day, then by calls
};

} // namespace gls::state
