// The SDKs' adaptive mode put together from the daemon's halves, as the published vectors drive it:
// they judge clocker and CUBIC by what a whole client would send. poll/pace has a ceiling and a
// bucket of its own in place of the rest.
#pragma once

#include "aws/retry/adaptive.hpp"

namespace gls::aws::test {

// What may be sent: nothing is limited until the first throttle, then CUBIC's rate, at most twice
// what is really sent, and never below 0.5/s.
class AdaptiveRate {
public:
    void on_response(bool throttled, double now_s);
    [[nodiscard]] bool limited() const noexcept { return limited_; }
    [[nodiscard]] double allowed_per_second() const noexcept { return allowed_; } // with limited()
    [[nodiscard]] double measured_per_second() const noexcept { return clocker_.per_second(); }

    static constexpr double min_per_second{0.5};

private:
    RateClocker clocker_;
    Cubic cubic_{0};
    double allowed_{0};
    bool limited_{false};
};

// No more than twice what we measure ourselves sending, so that an idle client does not save up a
// rate.
[[nodiscard]] double capped_rate(double cubic_per_second, double measured_per_second) noexcept;

// Tokens that arrive at a rate; the capacity is one second's worth, at least one token. Starts
// empty.
class TokenBucket {
public:
    TokenBucket(double per_second, double now_s,
                double min_per_second = AdaptiveRate::min_per_second);
    void set_rate(double per_second, double now_s); // what has arrived so far came at the old rate
    // 0 = taken; else the seconds until it may be asked again (nothing was taken).
    [[nodiscard]] double acquire(double now_s, double amount = 1);
    [[nodiscard]] double fill_rate() const noexcept { return fill_rate_; }
    [[nodiscard]] double max_capacity() const noexcept { return max_capacity_; }
    [[nodiscard]] double capacity() const noexcept { return capacity_; }

private:
    void refill(double now_s);

    double min_rate_;
    double fill_rate_;
    double max_capacity_;
    double capacity_{0};
    double last_s_;
};

} // namespace gls::aws::test
