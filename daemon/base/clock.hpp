// The seam through which all time is read and all waiting is done. Real: async/asio_clock; in
// tests: ManualClock, advanced by hand.
#pragma once

#include "base/task.hpp"
#include "base/time.hpp"

namespace gls {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual WallTime now() const = 0;          // may jump
    [[nodiscard]] virtual SteadyTime steady_now() const = 0; // never jumps
    // Waits at least `duration`; false if the wait was cancelled.
    [[nodiscard]] virtual Task<bool> sleep_for(milliseconds duration) = 0;
};

} // namespace gls
