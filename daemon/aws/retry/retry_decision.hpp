// What a call does after an attempt: done, give up, or once more after a wait, with new credentials
// or a corrected clock. The whole decision, without any waiting. Pure.
#pragma once

#include "aws/retry/retry.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

#include <optional>

namespace gls::aws {

// How far AWS's clock is ahead of ours, learned from the Date of a refused call; kept for all later
// calls of the target.
class ClockOffset {
public:
    [[nodiscard]] WallTime corrected(WallTime now) const noexcept { return now + offset_; }
    [[nodiscard]] milliseconds offset() const noexcept { return offset_; }
    // True if `error` was about our clock, and there is another offset now than `signed_with`:
    // learned from it, or by another call meanwhile.
    [[nodiscard]] bool learn(const Error& error, milliseconds signed_with, WallTime now);

private:
    milliseconds offset_{0};
};

struct CallState {
    unsigned attempts{0};     // made so far
    unsigned last_cost{0};    // what the last retry took from the quota
    bool refreshed{false};    // credentials were renewed for this call
    bool clock_mended{false}; // the clock was corrected for this call
};

struct Next {
    enum class Step { done, give_up, again, refresh_and_again, mend_clock_and_again };
    Step step{Step::give_up};
    milliseconds wait{0};
};

struct RetryLimits {
    unsigned max_attempts{5};
    milliseconds max_backoff{aws::max_backoff};
};

// A refusal of the keys themselves, or of what was signed with them. The call is over, but their
// source may have others by the next.
[[nodiscard]] bool are_wrong_keys(const Error& error) noexcept;

// After attempt number `state.attempts`. `error` null = it succeeded. `clock_is_off`: the error is
// one that ClockOffset has learned from. Renewing and mending are free of quota and wait, once
// each, but they do count as attempts.
[[nodiscard]] Next decide(CallState& state, const Error* error, bool clock_is_off, double jitter,
                          const RetryLimits& limits, RetryQuota& quota);

} // namespace gls::aws
