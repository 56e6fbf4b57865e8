// The fleet's own time: steady time at a chosen speed, plus steps by hand. Pure.
#pragma once

#include "simulator/session.hpp"

namespace gls::simulator {

class FleetClock {
public:
    FleetClock(Millis start, double speed, Millis steady)
        : fleet_(start), steady_(steady), speed_(speed) {}

    [[nodiscard]] Millis now(Millis steady) const {
        return fleet_ + static_cast<Millis>(static_cast<double>(steady - steady_) * speed_);
    }
    [[nodiscard]] double speed() const { return speed_; }
    void set_speed(double speed, Millis steady) {
        fleet_ = now(steady);
        steady_ = steady;
        speed_ = speed;
    }
    void advance(Millis step) { fleet_ += step; }

private:
    Millis fleet_;
    Millis steady_;
    double speed_;
};

} // namespace gls::simulator
