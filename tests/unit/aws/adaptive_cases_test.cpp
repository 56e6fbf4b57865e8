// The adaptive mode's rates against the numbers of the published SDKs.
#include "retry_vectors.hpp"
#include "sdk_adaptive.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

namespace gls::aws::test {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

void run_cubic_case(element one) {
    Cubic cubic{number(one["starting_max_rate"]), number(one["start_time"]), number(one["beta"])};
    if (has(one["error_rate"])) {
        const double rate = cubic.on_throttle(number(one["error_rate"]), number(one["error_at"]));
        CHECK(rate == doctest::Approx(number(one["expected_rate"])));
    }
    if (has(one["success_at"])) {
        const char* expected =
            has(one["expected_success_rate"]) ? "expected_success_rate" : "expected_rate";
        CHECK(cubic.on_success(number(one["success_at"])) ==
              doctest::Approx(number(one[expected])));
    }
    if (has(one["expected_k"])) CHECK(cubic.k() == doctest::Approx(number(one["expected_k"])));
    if (has(one["expected_w_max"]))
        CHECK(cubic.w_max() == doctest::Approx(number(one["expected_w_max"])));
    if (has(one["expected_last_fail"]))
        CHECK(cubic.last_fail() == doctest::Approx(number(one["expected_last_fail"])));
}

TEST_CASE("CUBIC") {
    const Vectors vectors;
    if (!vectors) return;
    const element cubic_cases = vectors["cubic"];
    for (const element one : array{cubic_cases["boto_cases"]}) {
        CAPTURE(text(one["name"]));
        run_cubic_case(one);
    }
    const element successes = cubic_cases["successes"];
    const Cubic steady{number(successes["w_max"]), number(successes["last_throttle_at"])};
    for (const element row : array{successes["rows"]}) {
        CHECK(steady.on_success(number(row.at(0))) == doctest::Approx(number(row.at(1))));
    }
    const element mixed = cubic_cases["mixed"];
    Cubic cubic{number(mixed["w_max"]), number(mixed["last_throttle_at"])};
    double rate = 0;
    for (const element row : array{mixed["rows"]}) {
        const double t = number(row.at(1));
        if (flag(row.at(0))) {
            const double reduced = cubic.on_throttle(rate, t);
            cubic = Cubic{reduced, t}; // the quirk that the vectors keep: w_max is the reduced rate
            rate = reduced;
        } else {
            rate = cubic.on_success(t);
        }
        CHECK(rate == doctest::Approx(number(row.at(2))));
    }
}

TEST_CASE("the client's rate over a mix of answers") {
    const Vectors vectors;
    if (!vectors) return;
    AdaptiveRate rate;
    bool throttled_yet = false;
    for (const element row : array{vectors["client_rate_limiter"]["rows"]}) {
        const double t = number(row.at(1));
        CAPTURE(t);
        rate.on_response(flag(row.at(0)), t);
        throttled_yet = throttled_yet || flag(row.at(0));
        CHECK(rate.measured_per_second() == doctest::Approx(number(row.at(2))));
        CHECK(rate.allowed_per_second() == doctest::Approx(number(row.at(3))));
        CHECK(rate.limited() == throttled_yet);
    }
    for (const element one : array{vectors["limiter_cap"]["cases"]}) {
        CHECK(capped_rate(number(one["cubic_rate"]), number(one["measured_rate"])) ==
              doctest::Approx(number(one["expected_max_rate"])));
    }
}

TEST_CASE("asking right after the first throttle") {
    const Vectors vectors;
    if (!vectors) return;
    AdaptiveRate rate;
    rate.on_response(true, 0);
    TokenBucket bucket{rate.allowed_per_second(), 0};
    for (const element row :
         array{vectors["client_rate_limiter"]["acquire_after_first_throttle_at_0"]}) {
        CAPTURE(number(row["t"]));
        const double wait = bucket.acquire(number(row["t"]), number(row["cost"]));
        CHECK((wait == 0) == flag(row["granted"]));
        if (has(row["wait_s"])) CHECK(wait == doctest::Approx(number(row["wait_s"])));
        CHECK(bucket.capacity() == doctest::Approx(number(row["capacity"])));
    }
}

TEST_CASE("how fast we send") {
    const Vectors vectors;
    if (!vectors) return;
    for (const element one : array{vectors["rate_clocker"]["cases"]}) {
        CAPTURE(text(one["name"]));
        RateClocker clocker;
        double rate = 0;
        for (const element t : array{one["record_at"]})
            rate = clocker.record(number(element{t}));
        if (has(one["expected_rate"])) CHECK(rate == doctest::Approx(number(one["expected_rate"])));
        if (has(one["expected_rate_approx"]))
            CHECK(std::abs(rate - number(one["expected_rate_approx"])) < 0.05);
        if (has(one["expected_min"])) CHECK(rate >= number(one["expected_min"]));
        if (has(one["expected_range"])) {
            CHECK(rate >= number(one["expected_range"].at(0)));
            CHECK(rate <= number(one["expected_range"].at(1)));
        }
    }
}

void acquire_all(TokenBucket& bucket, simdjson::simdjson_result<element> times) {
    element found;
    if (times.get(found) != simdjson::SUCCESS) return;
    for (const element t : array{found})
        CHECK(bucket.acquire(number(element{t})) == 0);
}

TEST_CASE("tokens that arrive at a rate") {
    const Vectors vectors;
    if (!vectors) return;
    for (const element one : array{vectors["token_bucket"]["cases"]}) {
        CAPTURE(text(one["name"]));
        TokenBucket bucket{number(one["max_rate"]), number(one["created_at"]),
                           number(one["min_rate"])};
        acquire_all(bucket, one["acquire_at"]);
        for (const char* change : {"then_set_max_rate", "set_max_rate"}) {
            if (has(one[change]))
                bucket.set_rate(number(one[change]["rate"]), number(one[change]["at"]));
        }
        acquire_all(bucket, one["then_acquire_at"]);
        if (has(one["expected_fill_rate"]))
            CHECK(bucket.fill_rate() == number(one["expected_fill_rate"]));
        if (has(one["expected_max_capacity"]))
            CHECK(bucket.max_capacity() == number(one["expected_max_capacity"]));
        element steps;
        if (one["steps"].get(steps) != simdjson::SUCCESS) continue;
        for (const element step : array{steps}) {
            const double wait = bucket.acquire(number(step["at"]));
            CHECK((wait == 0) == flag(step["granted"]));
            if (has(step["wait_s"])) CHECK(wait == doctest::Approx(number(step["wait_s"])));
        }
    }
}

} // namespace
} // namespace gls::aws::test
