#include "poll/budget.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using poll::Budget;
using std::chrono::hours;

const WallTime midnight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

TEST_CASE("what is spent is refused until the next UTC day") {
    Budget budget{3};
    const auto evening = midnight + hours{23};
    CHECK(budget.remaining(evening) == 3);
    for (int i = 0; i < 3; ++i)
        CHECK(budget.take(evening));
    CHECK_FALSE(budget.take(evening));
    CHECK_FALSE(budget.take(midnight + hours{24} - milliseconds{1}));
    CHECK(budget.take(midnight + hours{24}));
    CHECK(budget.remaining(midnight + hours{24}) == 2);
}

TEST_CASE("what is set aside is left out of what others plan with, not out of what remains") {
    Budget budget{10};
    {
        const poll::SetAside reading{budget, 4};
        const poll::SetAside another{budget, 1};
        CHECK(budget.left(midnight, 2)->calls == 3);
        CHECK(budget.left(midnight, 9)->calls == 0);
        CHECK(budget.remaining(midnight) == 10);
    }
    CHECK(budget.left(midnight, 2)->calls == 8);
}

TEST_CASE("a clock set back over midnight does not give a day's calls twice") {
    Budget budget{2};
    CHECK(budget.take(midnight + hours{1}));
    CHECK(budget.take(midnight - hours{1}));
    CHECK_FALSE(budget.take(midnight - hours{1}));
    CHECK_FALSE(budget.take(midnight + hours{2}));
}

TEST_CASE("a day that a wrong clock ran ahead to does not stop the calls until it comes") {
    for (const int days : {2, 400}) {
        Budget budget{3};
        CHECK(budget.take(midnight));
        CHECK(budget.take(midnight + std::chrono::days{days})); // a new day, as far as one can tell
        CHECK(budget.take(midnight + hours{1}));
        CHECK(budget.spent().day == std::chrono::floor<std::chrono::days>(midnight));
        CHECK(budget.remaining(midnight + hours{2}) == 1);
        CHECK(budget.left(midnight + hours{2}, 0)->until_reset == hours{22});
        CHECK(budget.remaining(midnight + hours{24}) == 3);
    }
}

TEST_CASE("so over a restart: what a wrong clock wrote down counts today") {
    Budget budget{3, {std::chrono::floor<std::chrono::days>(midnight) + std::chrono::days{9}, 2}};
    CHECK(budget.take(midnight));
    CHECK_FALSE(budget.take(midnight));
    CHECK(budget.take(midnight + hours{24}));
}

TEST_CASE("without a budget nothing is refused, but all is counted") {
    Budget budget{0};
    for (int i = 0; i < 1'000; ++i)
        REQUIRE(budget.take(midnight));
    CHECK_FALSE(budget.per_day());
    CHECK_FALSE(budget.remaining(midnight));
    CHECK_FALSE(budget.left(midnight, 0));
    CHECK(budget.spent().calls == 1'000);
}

TEST_CASE("what running sweeps are still to spend is not there for others") {
    Budget budget{100};
    const auto left = budget.left(midnight + hours{6}, 30);
    REQUIRE(left);
    CHECK(left->calls == 70);
    CHECK(left->until_reset == hours{18});
    CHECK(budget.left(midnight + hours{6}, 300)->calls == 0);
}

TEST_CASE("what an earlier run has spent today stays spent") {
    Budget first{10};
    for (int i = 0; i < 9; ++i)
        CHECK(first.take(midnight + hours{1}));
    Budget second{10, first.spent()};
    CHECK(second.take(midnight + hours{2}));
    CHECK_FALSE(second.take(midnight + hours{2}));
    CHECK(second.take(midnight + hours{25}));
}

TEST_CASE("a budget lowered below what is spent leaves nothing") {
    Budget budget{10};
    for (int i = 0; i < 5; ++i)
        CHECK(budget.take(midnight));
    budget.configure(3);
    CHECK(budget.remaining(midnight) == 0);
    CHECK_FALSE(budget.take(midnight));
}

} // namespace
