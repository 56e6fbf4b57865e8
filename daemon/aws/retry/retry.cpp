#include "aws/retry/retry.hpp"

#include <algorithm>
#include <cmath>

namespace gls::aws {

bool is_transient(ErrorKind kind) noexcept {
    return kind == ErrorKind::throttled || kind == ErrorKind::server_error ||
           kind == ErrorKind::timeout || kind == ErrorKind::connection;
}

bool RetryQuota::acquire(unsigned amount) noexcept {
    if (amount > available_) return false;
    available_ -= amount;
    return true;
}

void RetryQuota::release(unsigned amount) noexcept {
    available_ += std::min(amount, capacity_ - available_);
}

unsigned retry_cost(ErrorKind kind) noexcept {
    // Throttling is answered by the rate as well, so a retry after it costs less.
    return kind == ErrorKind::throttled ? 5 : 14;
}

milliseconds backoff(ErrorKind kind, unsigned attempt, double jitter,
                     std::optional<milliseconds> retry_after, milliseconds cap) {
    const double base_ms = kind == ErrorKind::throttled ? 1000.0 : 50.0;
    const double ceiling_ms =
        std::min(std::ldexp(base_ms, static_cast<int>(std::min(attempt, 64U)) - 1),
                 static_cast<double>(cap.count()));
    const milliseconds own{
        static_cast<std::int64_t>(std::llround(std::clamp(jitter, 0.0, 1.0) * ceiling_ms))};
    if (!retry_after) return own;
    return std::clamp(*retry_after, own, own + retry_after_bound);
}

} // namespace gls::aws
