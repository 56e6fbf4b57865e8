// The simulator's clocks, set by hand.
#pragma once

#include "simulator/time_source.hpp"

namespace gls::simulator {

class ManualTime final : public TimeSource {
public:
    [[nodiscard]] Millis wall() const override { return 1'790'000'000'000 + passed; }
    [[nodiscard]] Millis steady() const override { return passed; }
    Millis passed{0};
};

} // namespace gls::simulator
