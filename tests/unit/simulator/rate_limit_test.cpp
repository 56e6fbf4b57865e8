#include "simulator/rate_limit.hpp"

#include <doctest/doctest.h>

using namespace gls::simulator;

namespace {
int admitted(RateLimit& limit, const char* operation, const char* owner, Millis from, Millis to) {
    int count = 0;
    for (auto at = from; at < to; at += 10)
        count += limit.admits(operation, owner, at) ? 1 : 0;
    return count;
}
} // namespace

TEST_CASE("a burst goes through, then the rate") {
    RateLimit limit{20};
    CHECK(admitted(limit, "List", "a", 0, 10'000) == 20 + 199);
}

TEST_CASE("operations and owners do not share") {
    RateLimit limit{1};
    for (const auto* operation : {"List", "Get"})
        for (const auto* owner : {"a/us-west-2", "a/eu-west-1", "b/us-west-2"})
            CHECK(limit.admits(operation, owner, 0));
    CHECK_FALSE(limit.admits("List", "a/us-west-2", 0));
}

TEST_CASE("a limit may be changed for one operation or for all, or lifted") {
    RateLimit limit{1};
    limit.set("List", {5, 2});
    CHECK(admitted(limit, "List", "a", 0, 1'000) == 2 + 4);
    CHECK(admitted(limit, "Get", "a", 0, 1'000) == 1);
    limit.set("*", {0, 0});
    CHECK(admitted(limit, "List", "a", 0, 1'000) == 100);
}
