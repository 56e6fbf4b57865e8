// The two halves of the SDKs' adaptive retry mode that poll/pace stands on, as arithmetic over an
// injected time (seconds on any steady scale): how fast we really send, and what CUBIC allows after
// throttling. Pure. Source: the formulas in the published SDKs, checked by retry-vectors.json.
#pragma once

namespace gls::aws {

// Requests a second as measured: per half second, smoothed exponentially (0.8 for the newest).
class RateClocker {
public:
    explicit RateClocker(double start_s = 0);
    double record(double now_s); // one request; returns the rate
    [[nodiscard]] double per_second() const noexcept { return rate_; }

private:
    double last_bucket_s_;
    double rate_{0};
    double count_{0};
};

// TCP CUBIC's curve: a throttle cuts the rate to beta, then it climbs back to what was throttled
// (w_max), lingers there, and probes beyond ever faster.
class Cubic {
public:
    explicit Cubic(double w_max, double start_s = 0, double beta = 0.7);
    [[nodiscard]] double on_success(double now_s) const;
    double on_throttle(double rate, double now_s); // `rate`: what we sent at when it happened
    [[nodiscard]] double w_max() const noexcept { return w_max_; }
    [[nodiscard]] double k() const noexcept { return k_; } // seconds from a throttle back to w_max
    [[nodiscard]] double last_fail() const noexcept { return last_fail_s_; }

private:
    double beta_;
    double w_max_;
    double last_fail_s_;
    double k_;
};

} // namespace gls::aws
