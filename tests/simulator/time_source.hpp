// The seam for the clocks of the machine. Real: system_time.cpp, their one home here; in tests: set
// by hand.
#pragma once

#include "simulator/session.hpp"

#include <memory>

namespace gls::simulator {

class TimeSource {
public:
    virtual ~TimeSource() = default;
    [[nodiscard]] virtual Millis wall() const = 0;
    [[nodiscard]] virtual Millis steady() const = 0;
};

[[nodiscard]] std::unique_ptr<TimeSource> system_time();

} // namespace gls::simulator
