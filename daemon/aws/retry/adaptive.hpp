// The SDKs' adaptive retry mode as arithmetic over an injected time (seconds on any steady scale):
// how fast we really send, what CUBIC allows after throttling, and a bucket that deals it out.
// Pure; the waiting is the caller's. Source: the formulas in the published SDKs, checked by
// retry-vectors.json.
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

// What may be sent: nothing is limited until the first throttle, then CUBIC's rate, at most twice
// what is really sent, and never below 0.5/s. poll/pace puts this under its own ceiling.
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

} // namespace gls::aws
