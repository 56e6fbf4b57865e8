#include "poll/history.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using std::chrono::minutes;

const SteadyTime start{std::chrono::hours{1}};

state::TableCounts counts_of(std::uint64_t connected, std::uint64_t terminated) {
    state::TableCounts counts;
    counts.by_status[static_cast<std::size_t>(streams::Status::connected)] = connected;
    counts.by_status[static_cast<std::size_t>(streams::Status::terminated)] = terminated;
    return counts;
}

SweepOutcome good(std::uint64_t unmet = 0) {
    SweepOutcome outcome;
    outcome.committed.emplace();
    outcome.unmet = unmet;
    return outcome;
}

SweepOutcome bad(ErrorKind kind) {
    SweepOutcome outcome;
    outcome.failure.emplace().kind = kind;
    return outcome;
}

Situation after(const History& history) {
    Situation situation;
    history.into(situation);
    return situation;
}

TEST_CASE("a full sweep in the live lane counts in both") {
    History history;
    history.begun(SweepKind::full, SweepKind::live, start);
    CHECK(after(history).live.running);
    CHECK(after(history).full.running);
    history.ended(SweepKind::full, SweepKind::live, good(), {.pages = 1}, counts_of(3, 5),
                  start + seconds{1});
    CHECK(after(history).live.ended == start + seconds{1});
    CHECK(after(history).full.started == start);
    CHECK_FALSE(after(history).full.running);
    CHECK(history.fleet().established);
    CHECK(listed_in_all(history.fleet()) == 8);
    CHECK(live_in_all(history.fleet()) == 3);
}

TEST_CASE("pages teach the latency: those of a full sweep, even one that failed; first live ones") {
    History history;
    const auto ended = [&](SweepKind kind, const SweepOutcome& outcome, SweepProgress progress) {
        history.begun(kind, kind, start);
        history.ended(kind, kind, outcome, progress, counts_of(300, 500), start);
        return history.fleet().latency_seconds;
    };
    CHECK(ended(SweepKind::live, good(), {.pages = 9, .in_flight = seconds{18}}) == 2);
    CHECK(ended(SweepKind::full, bad(ErrorKind::timeout), {.pages = 8, .in_flight = seconds{4}}) ==
          0.5);
    CHECK(ended(SweepKind::live, good(), {.pages = 9, .in_flight = seconds{18}}) == 0.5);
    CHECK(ended(SweepKind::full, bad(ErrorKind::timeout), {}) == 0.5);
    CHECK(ended(SweepKind::full, good(), {.pages = 8, .in_flight = seconds{8}}) == 1);
}

TEST_CASE("after parts come chains: one after seven of them, more where they were not the whole") {
    History history;
    const auto full = [&](std::optional<PartsRead> parts, std::uint64_t pages = 8) {
        SweepOutcome outcome = good();
        outcome.parts = std::move(parts);
        history.begun(SweepKind::full, SweepKind::full, start);
        history.ended(SweepKind::full, SweepKind::full, outcome, {.pages = pages},
                      counts_of(300, 500), start);
        return history.fleet().chains_to_come;
    };
    const auto in_parts = [&] {
        PartsRead parts;
        parts.whole = true;
        parts.stream_groups = 5;
        return parts;
    };
    for (int i = 0; i < 6; ++i)
        CHECK(full(in_parts(), 30) == 0);
    CHECK(full(in_parts(), 30) == 1);
    CHECK(history.fleet().listed_groups == 5);
    CHECK(history.fleet().full_pages_factor == 1); // parts say nothing about how full pages are
    CHECK(full(std::nullopt) == 0);
    CHECK(full(in_parts()) == 0);

    PartsRead not_whole;
    CHECK(full(not_whole) == 7);
    CHECK(history.fleet().listed_groups == 5);
    CHECK(full(std::nullopt) == 6);
    not_whole.denied.emplace().kind = ErrorKind::denied;
    CHECK(full(not_whole) == 24);
}

TEST_CASE("listed sessions are told by stream group, the largest first") {
    History history;
    history.spread({{"sg-a", 250}, {"sg-b", 100}, {"sg-c", 1}});
    CHECK(history.fleet().stream_groups == 3);
    CHECK(history.fleet().largest_group == 250);
    CHECK(history.fleet().pages_by_group == 3 + 1 + 1);
    history.spread({});
    CHECK(history.fleet().stream_groups == 0);
    CHECK(history.fleet().largest_group == 0);
    CHECK(history.fleet().pages_by_group == 0);
}

TEST_CASE("a full sweep that is asked for is due until it begins") {
    History history;
    history.full_is_due();
    CHECK(after(history).full.due);
    CHECK_FALSE(after(history).live.due);
    history.begun(SweepKind::full, SweepKind::full, start);
    CHECK_FALSE(after(history).full.due);
}

TEST_CASE("so many as are unmet are to be looked up, until a sweep has told what is left of them") {
    History history;
    history.to_look_up(7);
    CHECK(history.fleet().to_look_up == 7);
    history.begun(SweepKind::live, SweepKind::live, start);
    history.ended(SweepKind::live, SweepKind::live, bad(ErrorKind::timeout), {}, {}, start);
    CHECK(history.fleet().to_look_up == 7);
    auto some_put_off = good();
    some_put_off.put_off = 2;
    history.ended(SweepKind::live, SweepKind::live, some_put_off, {}, counts_of(3, 5), start);
    CHECK(history.fleet().to_look_up == 2);
    auto counts = counts_of(3, 5);
    counts.hidden = 1;
    history.begun(SweepKind::full, SweepKind::full, start);
    history.ended(SweepKind::full, SweepKind::full, good(), {}, counts, start);
    CHECK(history.fleet().to_look_up == 1);
}

TEST_CASE("failures are counted in a row and by lane; being stopped is none") {
    History history;
    for (unsigned i = 1; i <= 2; ++i) {
        history.begun(SweepKind::live, SweepKind::live, start);
        history.ended(SweepKind::live, SweepKind::live, bad(ErrorKind::denied), {}, {}, start);
        CHECK(after(history).live.failures == i);
    }
    CHECK(after(history).full.failures == 0);
    history.begun(SweepKind::live, SweepKind::live, start);
    history.ended(SweepKind::live, SweepKind::live, bad(ErrorKind::cancelled), {}, {}, start);
    CHECK(after(history).live.failures == 2);
    history.begun(SweepKind::live, SweepKind::live, start);
    history.ended(SweepKind::live, SweepKind::live, good(), {}, {}, start);
    CHECK(after(history).live.failures == 0);
}

TEST_CASE("look-ups are in doubt after three failures, and until a sweep with them was good") {
    History history;
    const auto sweep = [&history](const SweepOutcome& outcome) {
        history.begun(SweepKind::live, SweepKind::live, start);
        history.ended(SweepKind::live, SweepKind::live, outcome, {}, {}, start);
        return after(history).look_ups_in_doubt;
    };
    CHECK_FALSE(sweep(bad(ErrorKind::server_error)));
    CHECK_FALSE(sweep(bad(ErrorKind::server_error)));
    CHECK(sweep(bad(ErrorKind::server_error)));
    SweepOutcome without = good();
    without.look_ups_failed = Error{};
    without.asked = 1;
    CHECK(sweep(without));
    CHECK(sweep(bad(ErrorKind::server_error)));
    CHECK(sweep(good())); // nobody was asked
    SweepOutcome asked = good();
    asked.asked = 1;
    CHECK_FALSE(sweep(asked));
}

TEST_CASE("how long the last good sweep of the live lane took is kept") {
    History history;
    const auto sweep = [&history](const SweepOutcome& outcome, milliseconds took) {
        history.begun(SweepKind::live, SweepKind::live, start);
        history.ended(SweepKind::live, SweepKind::live, outcome, {}, {}, start + took);
        return after(history).live.took;
    };
    CHECK(sweep(good(), seconds{7}) == seconds{7});
    CHECK(sweep(bad(ErrorKind::timeout), minutes{30}) == seconds{7});
    CHECK(sweep(good(), seconds{3}) == seconds{3});
    sweep(bad(ErrorKind::timeout), seconds{1});
    sweep(bad(ErrorKind::timeout), seconds{1});
    CHECK(sweep(bad(ErrorKind::timeout), seconds{1}) == seconds{0});
}

TEST_CASE("once the live lane works again, the full one begins with its shortest pause") {
    History history;
    const auto sweep = [&](SweepKind kind, const SweepOutcome& outcome) {
        history.begun(kind, kind, start);
        history.ended(kind, kind, outcome, {}, {}, start);
        return after(history).full.failures;
    };
    for (unsigned i = 1; i <= 3; ++i)
        CHECK(sweep(SweepKind::full, bad(ErrorKind::denied)) == i);
    CHECK(sweep(SweepKind::live, good()) ==
          3); // it had not failed: the full list has its own fault
    CHECK(sweep(SweepKind::live, bad(ErrorKind::denied)) == 3);
    CHECK(sweep(SweepKind::live, good()) == 1);
    CHECK(sweep(SweepKind::full, good()) == 0);
}

TEST_CASE("the rate of departures is smoothed over sweeps") {
    History history;
    const auto sweep = [&](int minute, std::uint64_t unmet) {
        history.begun(SweepKind::live, SweepKind::live, start + minutes{minute});
        history.ended(SweepKind::live, SweepKind::live, good(unmet), {}, counts_of(5, 0),
                      start + minutes{minute});
        return history.fleet().unmet_per_minute;
    };
    CHECK(sweep(0, 0) == 0);
    CHECK(sweep(1, 20) == doctest::Approx(20));
    CHECK(sweep(3, 20) == doctest::Approx(0.7 * 20 + 0.3 * 10));
}

TEST_CASE("quiet: no live session and no change, several times in a row") {
    History history;
    const auto sweep = [&](const SweepOutcome& outcome, std::uint64_t live) {
        history.begun(SweepKind::live, SweepKind::live, start);
        history.ended(SweepKind::live, SweepKind::live, outcome, {}, counts_of(live, 9), start);
        return after(history).quiet_sweeps;
    };
    CHECK(sweep(good(), 0) == 1);
    CHECK(sweep(good(), 0) == 2);
    CHECK(sweep(good(), 1) == 0);
    CHECK(sweep(good(), 0) == 1);
    auto changed = good();
    changed.committed->events.emplace_back();
    CHECK(sweep(changed, 0) == 0);
    CHECK(sweep(good(), 0) == 1);
    CHECK(sweep(bad(ErrorKind::timeout), 0) == 0);
}

TEST_CASE("pages that AWS does not fill are learned as a cost") {
    History history;
    history.begun(SweepKind::full, SweepKind::full, start);
    history.ended(SweepKind::full, SweepKind::full, good(), {.pages = 11}, counts_of(0, 1'000),
                  start);
    CHECK(full_calls(history.fleet()) == 10); // one more is a fleet that moved
    history.begun(SweepKind::full, SweepKind::full, start);
    history.ended(SweepKind::full, SweepKind::full, good(), {.pages = 40}, counts_of(0, 1'000),
                  start);
    CHECK(full_calls(history.fleet()) == 40);
}

TEST_CASE("from a kept state the full sweep is due when it would have been") {
    History history;
    history.recalled(counts_of(3, 5), minutes{20}, start);
    CHECK(history.fleet().established);
    CHECK(after(history).full.started == start - minutes{20});
    CHECK(after(history).full.ended == start - minutes{20});
    CHECK_FALSE(after(history).live.started); // the live one at once
    CHECK(listed_in_all(history.fleet()) == 8);
}

TEST_CASE("a kept state without a full sweep, or with one from the future: due at once") {
    for (const std::optional<milliseconds> age :
         {std::optional<milliseconds>{}, std::optional<milliseconds>{-minutes{20}}}) {
        History history;
        history.recalled(counts_of(3, 5), age, start);
        CHECK_FALSE(after(history).full.started);
        CHECK(history.fleet().established == age.has_value());
    }
}

TEST_CASE("a full sweep that failed tells at least how far it came") {
    History history;
    history.begun(SweepKind::full, SweepKind::full, start);
    history.ended(SweepKind::full, SweepKind::full, bad(ErrorKind::budget), {.pages = 500}, {},
                  start);
    CHECK(history.fleet().pages_read == 500);
    CHECK_FALSE(history.fleet().established);
    CHECK(full_calls(history.fleet()) == 500);
}

} // namespace
