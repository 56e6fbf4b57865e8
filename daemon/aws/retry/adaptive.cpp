#include "aws/retry/adaptive.hpp"

#include <algorithm>
#include <cmath>

namespace gls::aws {

namespace {

constexpr double scale = 0.4;     // CUBIC's C: how steep the curve is
constexpr double smoothing = 0.8; // weight of the newest half second
constexpr double bucket_s = 0.5;

double bucket_of(double now_s) {
    return std::floor(now_s / bucket_s) * bucket_s;
}

} // namespace

RateClocker::RateClocker(double start_s) : last_bucket_s_{bucket_of(start_s)} {}

double RateClocker::record(double now_s) {
    count_ += 1;
    const double bucket = bucket_of(now_s);
    if (bucket > last_bucket_s_) {
        const double rate = count_ / (bucket - last_bucket_s_);
        rate_ = rate * smoothing + rate_ * (1 - smoothing);
        count_ = 0;
        last_bucket_s_ = bucket;
    }
    return rate_;
}

Cubic::Cubic(double w_max, double start_s, double beta)
    : beta_{beta}, w_max_{w_max}, last_fail_s_{start_s}, k_{std::cbrt(w_max * (1 - beta) / scale)} {
}

double Cubic::on_success(double now_s) const {
    return scale * std::pow(now_s - last_fail_s_ - k_, 3) + w_max_;
}

double Cubic::on_throttle(double rate, double now_s) {
    w_max_ = rate;
    last_fail_s_ = now_s;
    k_ = std::cbrt(w_max_ * (1 - beta_) / scale);
    return rate * beta_;
}

void AdaptiveRate::on_response(bool throttled, double now_s) {
    const double measured = clocker_.record(now_s);
    double rate = 0;
    if (throttled) {
        rate = cubic_.on_throttle(limited_ ? std::min(measured, allowed_) : measured, now_s);
        limited_ = true;
    } else {
        rate = cubic_.on_success(now_s);
    }
    allowed_ = std::max(capped_rate(rate, measured), min_per_second);
}

double capped_rate(double cubic_per_second, double measured_per_second) noexcept {
    return std::min(cubic_per_second, 2 * measured_per_second);
}

TokenBucket::TokenBucket(double per_second, double now_s, double min_per_second)
    : min_rate_{min_per_second}, fill_rate_{std::max(per_second, min_per_second)},
      max_capacity_{std::max(per_second, 1.0)}, last_s_{now_s} {}

void TokenBucket::refill(double now_s) {
    if (now_s <= last_s_) return;
    capacity_ = std::min(max_capacity_, capacity_ + (now_s - last_s_) * fill_rate_);
    last_s_ = now_s;
}

void TokenBucket::set_rate(double per_second, double now_s) {
    refill(now_s);
    fill_rate_ = std::max(per_second, min_rate_);
    max_capacity_ = std::max(per_second, 1.0);
    capacity_ = std::min(capacity_, max_capacity_);
}

double TokenBucket::acquire(double now_s, double amount) {
    // A wait below a clock tick would be granted at once anyway, and would not be a wait.
    constexpr double tick_s = 1e-9;
    refill(now_s);
    const double missing = amount - capacity_;
    if (missing > 0 && missing / fill_rate_ > tick_s) return missing / fill_rate_;
    capacity_ = std::max(0.0, capacity_ - amount);
    return 0;
}

} // namespace gls::aws
