// The SDKs' standard retry mode: which errors are tried again, how long to wait, and the quota that
// keeps retries from piling onto a service in trouble. Numbers are those of spec 2.1 (the default
// of AWS's SDKs from November 2026 on): it waits 50 ms, not 1 s, after a fault that is not
// throttling, so a sweep of many pages loses little to one reset connection, and it charges such
// faults more, so that an outage is left alone sooner. Pure.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"

#include <optional>

namespace gls::aws {

inline constexpr milliseconds max_backoff{20'000};
inline constexpr milliseconds retry_after_bound{
    5'000}; // how much longer than our own wait AWS may ask for

// Worth the same request again after a wait. Credentials and clock are mended by the call instead.
[[nodiscard]] bool is_transient(ErrorKind kind) noexcept;

// Tokens that retries take and successes give back; one bucket for all calls of one target.
class RetryQuota {
public:
    explicit RetryQuota(unsigned capacity = 500) : capacity_{capacity}, available_{capacity} {}
    [[nodiscard]] bool acquire(unsigned amount) noexcept; // false takes nothing
    void release(unsigned amount) noexcept;
    [[nodiscard]] unsigned available() const noexcept { return available_; }

private:
    unsigned capacity_;
    unsigned available_;
};

[[nodiscard]] unsigned retry_cost(ErrorKind kind) noexcept;
inline constexpr unsigned no_retry_increment{1}; // what a success without a retry gives back

// The wait before attempt `attempt` + 1 (attempts count from 1): jitter x base x 2^(attempt-1), at
// most `cap`; `retry_after` moves it within [wait, wait + retry_after_bound]. `jitter` is in [0,
// 1].
[[nodiscard]] milliseconds backoff(ErrorKind kind, unsigned attempt, double jitter,
                                   std::optional<milliseconds> retry_after,
                                   milliseconds cap = max_backoff);

} // namespace gls::aws
