// The adaptive rate's behaviour in words; its numbers are in adaptive_cases_test.
#include "sdk_adaptive.hpp"

#include <doctest/doctest.h>

namespace gls::aws::test {
namespace {

TEST_CASE("nothing is limited until AWS throttles; then less is sent than before") {
    AdaptiveRate rate;
    double now = 0;
    for (int i = 0; i < 100; ++i) // 10 a second
        rate.on_response(false, now += 0.1);
    CHECK_FALSE(rate.limited());
    CHECK(rate.measured_per_second() == doctest::Approx(10).epsilon(0.05));
    rate.on_response(true, now + 0.1);
    CHECK(rate.limited());
    CHECK(rate.allowed_per_second() == doctest::Approx(7).epsilon(0.05));
}

TEST_CASE(
    "after a throttle the rate climbs back, lingers where it was throttled, and probes beyond") {
    const Cubic cubic{10, 100};
    CHECK(cubic.on_success(100) == doctest::Approx(7));
    CHECK(cubic.on_success(100 + cubic.k()) == doctest::Approx(10));
    CHECK(cubic.on_success(100 + cubic.k() + 0.5) < 10.1);
    CHECK(cubic.on_success(100 + 2 * cubic.k()) == doctest::Approx(13));
    double before = 0;
    for (int tenths = 0; tenths < 100; ++tenths) {
        const double rate = cubic.on_success(100 + tenths / 10.0);
        CHECK(rate >= before);
        before = rate;
    }
}

TEST_CASE("the rate never falls below one call in two seconds, however often AWS throttles") {
    AdaptiveRate rate;
    for (int i = 1; i < 100; ++i)
        rate.on_response(true, i);
    CHECK(rate.allowed_per_second() == AdaptiveRate::min_per_second);
}

TEST_CASE(
    "the bucket deals out what arrives, says how long the rest takes, and never goes below zero") {
    TokenBucket bucket{2, 0};
    CHECK(bucket.acquire(0) == doctest::Approx(0.5)); // starts empty
    CHECK(bucket.acquire(0) ==
          doctest::Approx(0.5)); // asking costs nothing, so waits do not pile up
    CHECK(bucket.acquire(0.5) == 0);
    CHECK(bucket.capacity() == doctest::Approx(0));
    CHECK(bucket.acquire(100) == 0);
    CHECK(bucket.acquire(100) == 0);
    CHECK(bucket.acquire(100) > 0); // two saved up at most
    bucket.set_rate(0.1, 100);
    CHECK(bucket.fill_rate() == AdaptiveRate::min_per_second);
    CHECK(bucket.max_capacity() == 1);
}

TEST_CASE("a wait below a clock tick is granted, and a clock that stands still or falls back is no "
          "gain") {
    TokenBucket bucket{10, 0};
    CHECK(bucket.acquire(0.1 - 1e-12) == 0);
    CHECK(bucket.capacity() >= 0);
    CHECK(bucket.acquire(0.05) > 0);
    CHECK(bucket.acquire(0.1) > 0);
}

} // namespace
} // namespace gls::aws::test
