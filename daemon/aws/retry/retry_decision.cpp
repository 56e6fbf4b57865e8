#include "aws/retry/retry_decision.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

namespace gls::aws {

namespace {

// AWS refuses what is five minutes off; below four it is hardly our clock.
constexpr milliseconds notable_skew{std::chrono::minutes{4}};

// These are also the answer to a wrong key, so only the Date tells whether the clock is to blame.
constexpr std::array<std::string_view, 3> possible_skew_codes{
    "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"};

constexpr std::array<std::string_view, 2> unknown_key_codes{"UnrecognizedClientException",
                                                            "InvalidClientTokenId"};

bool is_one_of(const auto& codes, const std::string& code) {
    return std::ranges::find(codes, code) != codes.end();
}

} // namespace

bool ClockOffset::learn(const Error& error, milliseconds signed_with, WallTime now) {
    if (!error.server_time) return false;
    const bool certain = error.kind == ErrorKind::clock_skew;
    if (!certain && !is_one_of(possible_skew_codes, error.code)) return false;
    if (std::chrono::abs(offset_ - signed_with) >= notable_skew) return true;
    const WallTime server = std::chrono::time_point_cast<milliseconds>(*error.server_time);
    if (!certain && std::chrono::abs(server - corrected(now)) < notable_skew) return false;
    offset_ = server - now;
    return true;
}

bool are_wrong_keys(const Error& error) noexcept {
    return is_one_of(possible_skew_codes, error.code) || is_one_of(unknown_key_codes, error.code);
}

Next decide(CallState& state, const Error* error, bool clock_is_off, double jitter,
            const RetryLimits& limits, RetryQuota& quota) {
    if (error == nullptr) {
        quota.release(state.last_cost > 0 ? state.last_cost : no_retry_increment);
        return Next{Next::Step::done, milliseconds{0}};
    }
    const Next give_up{Next::Step::give_up, milliseconds{0}};
    if (clock_is_off && !state.clock_mended) {
        state.clock_mended = true;
        return Next{Next::Step::mend_clock_and_again, milliseconds{0}};
    }
    if (error->kind == ErrorKind::expired_credentials && !state.refreshed) {
        state.refreshed = true;
        return Next{Next::Step::refresh_and_again, milliseconds{0}};
    }
    if (!is_transient(error->kind) || state.attempts >= limits.max_attempts) return give_up;
    const unsigned cost = retry_cost(error->kind);
    if (!quota.acquire(cost)) return give_up;
    state.last_cost = cost;
    return Next{Next::Step::again, backoff(error->kind, state.attempts, jitter, error->retry_after,
                                           limits.max_backoff)};
}

} // namespace gls::aws
