#include "sdk_adaptive.hpp"

#include <algorithm>

namespace gls::aws::test {

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

} // namespace gls::aws::test
