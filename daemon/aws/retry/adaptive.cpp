#include "aws/retry/adaptive.hpp"

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

} // namespace gls::aws
