#include "pictures.hpp"
#include "web/verdict.hpp"

#include <doctest/doctest.h>

namespace gls::web {
namespace {

using test::minute;
using test::noon;
using test::shared;
using test::small_picture;

TEST_CASE("durations as people say them") {
    CHECK(spoken(milliseconds{0}) == "0 ms");
    CHECK(spoken(milliseconds{850}) == "850 ms");
    CHECK(spoken(milliseconds{12'999}) == "12 s");
    CHECK(spoken(minute) == "1 min");
    CHECK(spoken(milliseconds{185'000}) == "3 min 5 s");
    CHECK(spoken(130 * minute) == "2 h 10 min");
    CHECK(spoken(std::chrono::hours{99}) == "4 d 3 h");
}

TEST_CASE("one target in each condition") {
    auto picture = small_picture();
    auto verdict = verdict_of(picture, noon + seconds{12});
    CHECK(verdict.condition == Condition::fresh);
    CHECK(verdict.sentence == "prod-us is fresh: 12 s old.");

    verdict = verdict_of(picture, noon + 4 * minute);
    CHECK(verdict.condition == Condition::late);
    CHECK(verdict.sentence ==
          "prod-us is late: its picture is 4 min old, more than the 3 min allowed.");

    picture.status.last_live->failure = "denied";
    picture.status.last_live->message = "allow gameliftstreams:ListStreamSessionsByAccount";
    verdict = verdict_of(picture, noon + minute);
    CHECK(verdict.condition == Condition::failing);
    CHECK(
        verdict.sentence ==
        "prod-us fails (denied): allow gameliftstreams:ListStreamSessionsByAccount; its last good "
        "picture is 1 min old and still served.");
    CHECK(verdict_of(picture, noon + 4 * minute).sentence.ends_with("4 min old and withdrawn."));

    picture.status.last_live_success.reset();
    CHECK(verdict_of(picture, noon).sentence.ends_with("there is no picture yet."));

    picture.status = {};
    verdict = verdict_of(picture, noon);
    CHECK(verdict.condition == Condition::starting);
    CHECK(verdict.sentence == "prod-us is in its first sweep.");
    picture.status.last_error = "the budget is spent";
    CHECK(verdict_of(picture, noon).sentence ==
          "prod-us waits for its first sweep: the budget is spent.");
    picture.status.first_sweep_ended = true;
    picture.status.last_live_success = noon - 4 * minute;
    picture.status.stale_after = 3 * minute;
    CHECK(verdict_of(picture, noon).sentence ==
          "prod-us is late: its picture is 4 min old, more than the 3 min allowed: the budget is "
          "spent.");
}

TEST_CASE("a failed live sweep is forgiven once a later full one was good") {
    auto picture = small_picture();
    picture.status.last_live->failure = "denied";
    picture.status.last_full->began = picture.status.last_live->began + seconds{10};
    CHECK(verdict_of(picture, noon + seconds{12}).condition == Condition::fresh);
    picture.status.last_live->began = picture.status.last_full->began + seconds{10};
    CHECK(verdict_of(picture, noon + seconds{12}).condition == Condition::failing);
}

TEST_CASE("all targets together: the worst speaks, the others are counted") {
    auto late = small_picture("late");
    late.status.last_live_success = noon - 60 * minute;
    auto failing = small_picture("failing");
    failing.status.last_full->failure = "throttled";
    failing.status.last_full->message = "AWS throttles";
    const auto fresh = shared(small_picture());

    CHECK(verdict_of({fresh}, noon).sentence == "The picture is fresh: 0 ms old.");
    CHECK(verdict_of({fresh, fresh}, noon + seconds{3}).sentence ==
          "All 2 targets are fresh: at most 3 s old.");
    const auto verdict = verdict_of({fresh, shared(late), shared(failing)}, noon);
    CHECK(verdict.condition == Condition::failing);
    CHECK(verdict.sentence.starts_with("failing fails (throttled): AWS throttles;"));
    CHECK(verdict.sentence.ends_with("2 of 3 targets are not fresh."));
}

} // namespace
} // namespace gls::web
