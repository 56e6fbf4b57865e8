// What follows an attempt, step by step, and what an outage costs: the same behaviours as the
// published vectors have, for a checkout without them.
#include "aws/retry/retry_decision.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

namespace gls::aws {
namespace {

using Step = Next::Step;
using namespace std::chrono_literals;

Error error_of_kind(ErrorKind kind) {
    Error error;
    error.kind = kind;
    return error;
}

// One call: the outcome of each attempt in turn, jitter at its ceiling.
struct Call {
    explicit Call(RetryQuota& quota_of_target, unsigned max_attempts = 5) : quota{quota_of_target} {
        limits.max_attempts = max_attempts;
    }
    Next fails(const Error& error, bool clock_is_off = false) {
        ++state.attempts;
        return decide(state, &error, clock_is_off, 1.0, limits, quota);
    }
    Next fails(ErrorKind kind) { return fails(error_of_kind(kind)); }
    Next succeeds() {
        ++state.attempts;
        return decide(state, nullptr, false, 1.0, limits, quota);
    }
    RetryQuota& quota;
    RetryLimits limits;
    CallState state;
};

TEST_CASE("the wait doubles up to its cap, from 1 s after throttling and from 50 ms after faults") {
    std::vector<milliseconds> throttled;
    std::vector<milliseconds> faults;
    for (unsigned attempt = 1; attempt <= 7; ++attempt) {
        throttled.push_back(backoff(ErrorKind::throttled, attempt, 1.0, std::nullopt));
        faults.push_back(backoff(ErrorKind::connection, attempt, 1.0, std::nullopt));
    }
    CHECK(throttled == std::vector<milliseconds>{1s, 2s, 4s, 8s, 16s, 20s, 20s});
    CHECK(faults == std::vector<milliseconds>{50ms, 100ms, 200ms, 400ms, 800ms, 1600ms, 3200ms});
    CHECK(backoff(ErrorKind::throttled, 4'000'000'000U, 1.0, std::nullopt) == max_backoff);
}

TEST_CASE("jitter takes any part of the wait, and what is out of range is held to it") {
    CHECK(backoff(ErrorKind::throttled, 3, 0.0, std::nullopt) == 0ms);
    CHECK(backoff(ErrorKind::throttled, 3, 0.5, std::nullopt) == 2s);
    CHECK(backoff(ErrorKind::throttled, 3, 7.0, std::nullopt) == 4s);
}

TEST_CASE("what AWS asks for counts between our own wait and five seconds more") {
    CHECK(backoff(ErrorKind::server_error, 1, 1.0, 10ms) == 50ms);
    CHECK(backoff(ErrorKind::server_error, 1, 1.0, 3000ms) == 3s);
    CHECK(backoff(ErrorKind::server_error, 1, 1.0, 24h) == 5050ms);
}

TEST_CASE("a call ends with success, with its last attempt, or with what cannot be helped") {
    RetryQuota quota;
    Call call{quota, 3};
    CHECK(call.fails(ErrorKind::timeout).step == Step::again);
    CHECK(call.fails(ErrorKind::timeout).step == Step::again);
    CHECK(call.fails(ErrorKind::timeout).step == Step::give_up);
    for (const ErrorKind kind :
         {ErrorKind::denied, ErrorKind::invalid_request, ErrorKind::not_found,
          ErrorKind::expired_token, ErrorKind::malformed, ErrorKind::tls, ErrorKind::budget,
          ErrorKind::credentials, ErrorKind::cancelled}) {
        Call other{quota};
        CHECK(other.fails(kind).step == Step::give_up);
    }
    Call one_attempt{quota, 1};
    CHECK(one_attempt.fails(ErrorKind::throttled).step == Step::give_up);
}

TEST_CASE("retries drain the quota, successes fill it, and without it nothing is tried again") {
    RetryQuota quota{30};
    Call first{quota};
    CHECK(first.fails(ErrorKind::server_error).step == Step::again);
    CHECK(quota.available() == 16);
    CHECK(first.fails(ErrorKind::server_error).step == Step::again);
    CHECK(quota.available() == 2);
    CHECK(first.succeeds().step == Step::done);
    CHECK(quota.available() == 16); // the last retry's cost comes back, the one before does not
    Call second{quota};
    CHECK(second.fails(ErrorKind::throttled).step == Step::again);
    CHECK(quota.available() == 11); // throttling costs 5
    Call third{quota};
    CHECK(third.fails(ErrorKind::server_error).step == Step::give_up);
    CHECK(quota.available() == 11);
    Call fourth{quota};
    CHECK(fourth.succeeds().step == Step::done);
    CHECK(quota.available() == 12);
}

TEST_CASE("the quota neither overflows nor goes below zero") {
    RetryQuota quota{10};
    quota.release(5);
    CHECK(quota.available() == 10);
    CHECK_FALSE(quota.acquire(11));
    CHECK(quota.available() == 10);
    CHECK(quota.acquire(10));
    CHECK_FALSE(quota.acquire(1));
}

TEST_CASE("credentials are renewed once and the clock mended once, free of quota, even at the last "
          "attempt") {
    RetryQuota quota{0};
    Call call{quota, 1};
    CHECK(call.fails(ErrorKind::expired_credentials).step == Step::refresh_and_again);
    CHECK(call.fails(error_of_kind(ErrorKind::clock_skew), true).step ==
          Step::mend_clock_and_again);
    CHECK(call.fails(ErrorKind::expired_credentials).step == Step::give_up);
    CHECK(call.fails(error_of_kind(ErrorKind::clock_skew), true).step == Step::give_up);
}

struct Clocks {
    static constexpr WallTime now{seconds{1'790'000'000}};
    static Error refused(const char* code, ErrorKind kind, seconds server_ahead) {
        Error error = error_of_kind(kind);
        error.code = code;
        error.server_time = now + server_ahead;
        return error;
    }
};

TEST_CASE("a clock error teaches the offset, whatever it is") {
    ClockOffset offset;
    CHECK(offset.learn(Clocks::refused("RequestTimeTooSkewed", ErrorKind::clock_skew, 30s),
                       offset.offset(), Clocks::now));
    CHECK(offset.offset() == 30s);
    CHECK(offset.corrected(Clocks::now) == Clocks::now + 30s);
}

TEST_CASE("a refused signature teaches it only where the clocks are minutes apart") {
    for (const char* code : {"InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"}) {
        ClockOffset offset;
        CHECK_FALSE(offset.learn(Clocks::refused(code, ErrorKind::denied, 239s), offset.offset(),
                                 Clocks::now));
        CHECK(offset.learn(Clocks::refused(code, ErrorKind::denied, -240s), offset.offset(),
                           Clocks::now));
        CHECK(offset.offset() == -240s);
        // With the offset known, the same answer is about the key.
        CHECK_FALSE(offset.learn(Clocks::refused(code, ErrorKind::denied, -250s), offset.offset(),
                                 Clocks::now));
    }
    ClockOffset other; // a call that was signed before another one learned it
    CHECK(other.learn(Clocks::refused("AuthFailure", ErrorKind::denied, 1h), 0s, Clocks::now));
    CHECK(other.learn(Clocks::refused("AuthFailure", ErrorKind::denied, 1h), 0s, Clocks::now));
    CHECK_FALSE(
        other.learn(Clocks::refused("AuthFailure", ErrorKind::denied, 1h), 1h, Clocks::now));
    ClockOffset offset;
    CHECK_FALSE(offset.learn(Clocks::refused("AccessDeniedException", ErrorKind::denied, 3600s),
                             offset.offset(), Clocks::now));
    const Error without_date = error_of_kind(ErrorKind::clock_skew);
    CHECK_FALSE(offset.learn(without_date, offset.offset(), Clocks::now));
}

} // namespace
} // namespace gls::aws
