#include "poll/pace.hpp"

#include <algorithm>
#include <cmath>

namespace gls::poll {

namespace {

constexpr double ceiling_of_throttled = 0.9;
constexpr seconds hold{60};
constexpr double step = 1.05;
// From a quarter of the rate back to all of it: 28 steps, a little over two minutes of calls.
constexpr seconds step_time{5};
constexpr double least_per_second = 0.5; // as the SDKs' adaptive mode has it
// Replies to what was sent before a cut do not cut again; ours are read within half a second.
constexpr milliseconds one_cut_in{500};

} // namespace

Pace::Pace(double per_second, std::uint32_t burst, SteadyTime now)
    : configured_{per_second}, burst_{std::max(1.0, static_cast<double>(burst))}, tokens_{burst_},
      start_{now}, refilled_at_{now} {}

double Pace::seconds_since_start(SteadyTime now) const {
    return in_seconds(now - start_);
}

double Pace::least() const {
    return std::min(configured_, least_per_second);
}

double Pace::per_second(SteadyTime now) const {
    if (!limit_) return configured_;
    const double climbed = limit_->cubic.on_success(seconds_since_start(now));
    return std::clamp(std::min(climbed, limit_->ceiling), least(), configured_);
}

void Pace::refill(SteadyTime now) {
    if (now <= refilled_at_) return;
    // While it is adapting nothing is saved up: a burst is what a low limit refuses first.
    const double most = limit_ ? 1.0 : burst_;
    tokens_ = std::min(most, tokens_ + in_seconds(now - refilled_at_) * per_second(now));
    refilled_at_ = now;
}

milliseconds Pace::wait(SteadyTime now) {
    refill(now);
    constexpr double whole = 1 - 1e-9; // sums of tenths do not quite reach one
    if (tokens_ >= whole) return milliseconds{0};
    return milliseconds{
        static_cast<milliseconds::rep>(std::ceil(1000 * (1 - tokens_) / per_second(now)))};
}

void Pace::take(SteadyTime now) {
    refill(now);
    tokens_ = std::max(0.0, tokens_ - 1);
    clocker_.record(seconds_since_start(now));
}

void Pace::settled(bool throttled, SteadyTime now) {
    if (throttled) {
        slow_down(now);
    } else {
        probe(now);
    }
}

void Pace::slow_down(SteadyTime now) {
    refill(now);
    if (limit_ && now - limit_->throttled_at < one_cut_in) return;
    const double in_force = per_second(now);
    // What was really sent, where that is less; half a second of it says little after a pause.
    const double rate = std::clamp(clocker_.per_second(), in_force / 2, in_force);
    if (!limit_) limit_.emplace(Limit{aws::Cubic{rate}, rate, now, now});
    limit_->cubic.on_throttle(rate, seconds_since_start(now));
    limit_->ceiling = std::max(least(), ceiling_of_throttled * rate);
    limit_->throttled_at = now;
    limit_->raised_at = now;
    tokens_ = 0;
}

void Pace::probe(SteadyTime now) {
    if (!limit_ || now - limit_->throttled_at < hold || now - limit_->raised_at < step_time) return;
    refill(now);
    limit_->ceiling *= step;
    limit_->raised_at = now;
    if (limit_->ceiling >= configured_) limit_.reset();
}

void Pace::configure(double per_second, std::uint32_t burst) {
    configured_ = per_second;
    burst_ = std::max(1.0, static_cast<double>(burst));
    tokens_ = std::min(tokens_, burst_);
    if (limit_ && limit_->ceiling >= configured_) limit_.reset();
}

} // namespace gls::poll
