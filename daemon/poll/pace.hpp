// How fast one operation of one target may be called: a token bucket at the configured rate, which
// slows down when AWS throttles and finds its way back. Pure; time is an argument.
//
// After a throttle at rate r: CUBIC's cut and climb, as the SDKs' adaptive mode does, under a
// ceiling of 0.9 r for 60 s; then the ceiling rises by 5 % at a time. CUBIC alone would bump into a
// low limit every few seconds for ever (DESIGN, "Pace").
#pragma once

#include "aws/retry/adaptive.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

class Pace {
public:
    Pace(double per_second, std::uint32_t burst, SteadyTime now);

    // Until the next attempt may go; 0: now. Nothing is taken.
    [[nodiscard]] milliseconds wait(SteadyTime now);
    void take(SteadyTime now); // an attempt goes; only after wait() said 0
    void settled(bool throttled, SteadyTime now);

    [[nodiscard]] double per_second(SteadyTime now) const;  // in force
    void configure(double per_second, std::uint32_t burst); // a reload; what was learned stays

private:
    struct Limit { // exists from the first throttle until the ceiling is back at the configured
                   // rate
        aws::Cubic cubic;
        double ceiling;
        SteadyTime throttled_at;
        SteadyTime raised_at;
    };

    [[nodiscard]] double seconds_since_start(SteadyTime now) const;
    [[nodiscard]] double least() const;
    void refill(SteadyTime now);
    void slow_down(SteadyTime now);
    void probe(SteadyTime now);

    double configured_;
    double burst_;
    double tokens_;
    SteadyTime start_;
    SteadyTime refilled_at_;
    aws::RateClocker clocker_;
    std::optional<Limit> limit_;
};

} // namespace gls::poll
