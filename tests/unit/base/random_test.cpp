#include "base/random.hpp"
#include "support/fixed_random.hpp"

#include <doctest/doctest.h>

TEST_CASE("chance stays between 0 and 1 and moves") {
    const auto random = gls::system_random();
    double low = 1;
    double high = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double value = random->unit();
        REQUIRE(value >= 0.0);
        REQUIRE(value <= 1.0);
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    CHECK(low < 0.1); // missed by chance once in 10^457
    CHECK(high > 0.9);
}

TEST_CASE("two sources of chance differ") {
    const auto a = gls::system_random();
    const auto b = gls::system_random();
    CHECK(a->unit() != b->unit());
}

TEST_CASE("FixedRandom repeats its list") {
    gls::test::FixedRandom random{{0.0, 0.5, 1.0}};
    CHECK(random.unit() == 0.0);
    CHECK(random.unit() == 0.5);
    CHECK(random.unit() == 1.0);
    CHECK(random.unit() == 0.0);
    CHECK(random.drawn() == 4);
}
