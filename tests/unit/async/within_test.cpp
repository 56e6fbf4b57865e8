#include "async/within.hpp"
#include "spawned.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

namespace asio = boost::asio;
using gls::Ended;
using gls::milliseconds;
using gls::Task;
using gls::within;
using gls::test::ManualClock;
using gls::test::poll;
using gls::test::run_coroutine;
using gls::test::Spawned;

namespace {

// Sleeps, notes whether it could, and returns a value that has to be moved.
Task<std::unique_ptr<int>> work(gls::Clock& clock, milliseconds duration, bool& slept) {
    slept = co_await clock.sleep_for(duration);
    co_return std::make_unique<int>(7);
}

Task<> quiet_work(gls::Clock& clock, milliseconds duration) {
    (void)co_await clock.sleep_for(duration);
}

Task<int> answer_at_once() {
    co_return 7;
}

Task<int> throw_after(gls::Clock& clock, milliseconds duration) {
    (void)co_await clock.sleep_for(duration);
    throw std::runtime_error{"a bug"};
}

Task<Ended> two_in_a_row(gls::Clock& clock, int& rounds) {
    for (;;) {
        ++rounds;
        const auto outcome =
            co_await within(clock, milliseconds{50}, quiet_work(clock, milliseconds{10}));
        if (outcome.ended != Ended::done) co_return outcome.ended;
    }
}

Task<Ended> inner_deadline(gls::Clock& clock) {
    const auto outcome =
        co_await within(clock, milliseconds{10}, quiet_work(clock, milliseconds{1000}));
    co_return outcome.ended;
}

} // namespace

TEST_CASE("work that ends first is done, with its value, and the deadline is dropped") {
    asio::io_context context;
    ManualClock clock;
    bool slept = false;
    const auto outcome = run_coroutine(
        context, clock, within(clock, milliseconds{500}, work(clock, milliseconds{499}, slept)));
    CHECK(outcome.ended == Ended::done);
    REQUIRE(outcome.value.has_value());
    CHECK(**outcome.value == 7);
    CHECK(slept);
    CHECK(clock.sleeping() == 0);
}

TEST_CASE("work without any wait is done") {
    asio::io_context context;
    ManualClock clock;
    const auto outcome =
        run_coroutine(context, clock, within(clock, milliseconds{500}, answer_at_once()));
    CHECK(outcome.ended == Ended::done);
    CHECK(outcome.value == 7);
}

TEST_CASE("work that is too slow is cut off and its value dropped") {
    asio::io_context context;
    ManualClock clock;
    bool slept = true;
    const auto outcome = run_coroutine(
        context, clock, within(clock, milliseconds{500}, work(clock, milliseconds{501}, slept)));
    CHECK(outcome.ended == Ended::timed_out);
    CHECK_FALSE(outcome.value.has_value());
    CHECK_FALSE(slept);
    CHECK(clock.sleeping() == 0);
}

TEST_CASE("work that returns nothing has the same outcomes") {
    asio::io_context context;
    ManualClock clock;
    const auto run = [&](int duration) {
        return run_coroutine(
                   context, clock,
                   within(clock, milliseconds{500}, quiet_work(clock, milliseconds{duration})))
            .ended;
    };
    CHECK(run(100) == Ended::done);
    CHECK(run(900) == Ended::timed_out);
}

TEST_CASE("a request to stop reaches the work and the deadline") {
    for (const auto type : {asio::cancellation_type::terminal, asio::cancellation_type::total}) {
        asio::io_context context;
        ManualClock clock;
        bool slept = true;
        using Value = gls::Outcome<std::unique_ptr<int>>;
        Spawned<Value> task{
            context, within(clock, milliseconds{500}, work(clock, milliseconds{400}, slept))};
        poll(context);
        CHECK(clock.sleeping() == 2);
        task.cancel(type);
        poll(context);
        REQUIRE(task.result.has_value());
        CHECK(task.result->ended == Ended::cancelled);
        CHECK_FALSE(task.result->value.has_value());
        CHECK_FALSE(slept);
        CHECK(clock.sleeping() == 0);
        CHECK(context.stopped());
    }
}

TEST_CASE("a request to stop that falls between two waits is not lost") {
    asio::io_context context;
    ManualClock clock;
    int rounds = 0;
    Spawned<Ended> task{context, two_in_a_row(clock, rounds)};
    poll(context);
    clock.advance(milliseconds{10}); // the work's timer is done but its coroutine has not run yet
    task.cancel();
    poll(context);
    CHECK(task.result == Ended::cancelled);
    CHECK(clock.sleeping() == 0);
}

TEST_CASE("deadlines nest") {
    asio::io_context context;
    ManualClock clock;
    const auto outcome =
        run_coroutine(context, clock, within(clock, milliseconds{500}, inner_deadline(clock)));
    CHECK(outcome.ended == Ended::done);
    CHECK(outcome.value == Ended::timed_out);
    CHECK(clock.sleeping() == 0);
}

TEST_CASE("an exception of the work is not lost") {
    asio::io_context context;
    ManualClock clock;
    CHECK_THROWS_AS(
        run_coroutine(context, clock,
                      within(clock, milliseconds{500}, throw_after(clock, milliseconds{1}))),
        std::runtime_error);
    CHECK(clock.sleeping() == 0);
}
