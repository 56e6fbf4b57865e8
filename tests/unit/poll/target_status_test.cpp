#include "poll/target_status.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;

const WallTime now{seconds{1'800'000'000}};

TargetStatus good() {
    TargetStatus status;
    status.last_live.emplace().kind = SweepKind::live;
    status.last_full.emplace().kind = SweepKind::full;
    status.last_live_success = now - seconds{60};
    status.last_full_success = now - std::chrono::hours{1};
    status.stale_after = seconds{180};
    status.full_stale_after = std::chrono::hours{3};
    return status;
}

TEST_CASE("up: fresh, and the last sweep of each kind good") {
    CHECK(is_up(good(), now));
    TargetStatus status = good();
    status.last_full->failure = "throttled";
    CHECK_FALSE(is_up(status, now));
    status = good();
    status.last_live->failure = "denied";
    CHECK_FALSE(is_up(status, now));
    status = good();
    status.last_full.reset(); // not run yet
    CHECK(is_up(status, now));
    CHECK_FALSE(is_up(TargetStatus{}, now));
}

TEST_CASE("a later good full sweep makes good for a failed live one, not the other way round") {
    TargetStatus status = good();
    status.last_live->failure = "timeout";
    status.last_live->began = SteadyTime{seconds{60}};
    status.last_full->began = SteadyTime{seconds{30}};
    CHECK_FALSE(is_up(status, now));
    status.last_full->began = SteadyTime{seconds{90}};
    CHECK(is_up(status, now));
    status.last_full->failure = "timeout";
    CHECK_FALSE(is_up(status, now));
    status.last_live->failure.clear();
    CHECK_FALSE(is_up(status, now));
}

TEST_CASE("fresh up to and including stale_after") {
    const TargetStatus status = good();
    CHECK(live_is_fresh(status, now + seconds{120}));
    CHECK_FALSE(live_is_fresh(status, now + seconds{120} + milliseconds{1}));
    CHECK_FALSE(is_up(status, now + seconds{121}));
    CHECK(full_is_fresh(status, now + std::chrono::hours{2}));
    CHECK_FALSE(full_is_fresh(status, now + std::chrono::hours{2} + milliseconds{1}));
}

TEST_CASE("a clock set back makes no picture stale") {
    CHECK(live_is_fresh(good(), now - std::chrono::hours{5}));
    CHECK(full_is_fresh(good(), now - std::chrono::hours{50}));
    CHECK(is_up(good(), now - std::chrono::hours{50}));
}

TEST_CASE("but a picture from the future is not shown while nothing renews it") {
    TargetStatus status = good(); // of 60 s before
    status.last_live->failure = "denied";
    CHECK(live_is_fresh(status, now - seconds{60} - seconds{180}));
    CHECK_FALSE(live_is_fresh(status, now - seconds{60} - seconds{181}));
    CHECK(full_is_fresh(status, now - std::chrono::hours{50}));
    status.last_full->failure = "denied";
    CHECK_FALSE(full_is_fresh(status, now - std::chrono::hours{50}));
}

TEST_CASE("which sweep came first does not depend on the wall clock") {
    TargetStatus status = good();
    status.last_live->failure = "timeout";
    status.last_live->started = now;
    status.last_live->began = SteadyTime{seconds{60}};
    status.last_full->started = now - std::chrono::hours{24}; // it was set back meanwhile
    status.last_full->began = SteadyTime{seconds{90}};
    CHECK(live_went_well(status));
}

} // namespace
