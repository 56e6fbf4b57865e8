// The fakes that other tests rest on are themselves tested.
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"
#include "support/scripted_transport.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace asio = boost::asio;
using gls::milliseconds;
using gls::Task;
using gls::test::ManualClock;
using gls::test::run_coroutine;
using gls::test::ScriptedTransport;

namespace {

Task<int> sleep_twice(gls::Clock& clock) {
    if (const bool slept = co_await clock.sleep_for(milliseconds{100}); !slept) co_return 1;
    if (const bool slept = co_await clock.sleep_for(milliseconds{250}); !slept) co_return 2;
    co_return 3;
}

Task<> note_waking(gls::Clock& clock, milliseconds duration, std::vector<int>& woken, int name) {
    const bool slept = co_await clock.sleep_for(duration);
    woken.push_back(slept ? name : -name);
}

Task<> tick(gls::Clock& clock, int& ticks) {
    for (;;) {
        if (const bool slept = co_await clock.sleep_for(milliseconds{10}); !slept) co_return;
        ++ticks;
    }
}

Task<> throw_one() {
    throw std::runtime_error{"a bug"};
    co_return;
}

void keep(std::exception_ptr e) {
    if (e) std::rethrow_exception(e);
}

} // namespace

TEST_CASE("a task's sleeps pass at once and are on record") {
    asio::io_context context;
    ManualClock clock;
    const auto before = clock.steady_now();
    const auto wall_before = clock.now();
    CHECK(run_coroutine(context, clock, sleep_twice(clock)) == 3);
    CHECK(clock.sleeps() == std::vector{milliseconds{100}, milliseconds{250}});
    CHECK(clock.steady_now() - before == milliseconds{350});
    CHECK(clock.now() - wall_before == milliseconds{350});
    CHECK(clock.sleeping() == 0);
}

TEST_CASE("sleepers wake in the order of their moments, and only when it has come") {
    asio::io_context context;
    ManualClock clock;
    std::vector<int> woken;
    asio::co_spawn(context, note_waking(clock, milliseconds{300}, woken, 3), keep);
    asio::co_spawn(context, note_waking(clock, milliseconds{100}, woken, 1), keep);
    asio::co_spawn(context, note_waking(clock, milliseconds{0}, woken, 7), keep);
    asio::co_spawn(context, note_waking(clock, milliseconds{200}, woken, 2), keep);
    context.poll();
    CHECK(woken == std::vector{7});
    clock.advance(context, milliseconds{99});
    CHECK(woken == std::vector{7});
    clock.advance(context, milliseconds{1});
    CHECK(woken == std::vector{7, 1});
    clock.advance(context, milliseconds{1000});
    CHECK(woken == std::vector{7, 1, 2, 3});
}

TEST_CASE("a long advance stops at every tick on the way") {
    asio::io_context context;
    ManualClock clock;
    int ticks = 0;
    asio::cancellation_signal stop;
    asio::co_spawn(context, tick(clock, ticks), asio::bind_cancellation_slot(stop.slot(), keep));
    clock.advance(context, milliseconds{105});
    CHECK(ticks == 10);
    stop.emit(asio::cancellation_type::terminal);
    context.restart();
    context.poll();
    CHECK(context.stopped());
    CHECK(ticks == 10);
}

TEST_CASE("a cancelled sleep says so") {
    asio::io_context context;
    ManualClock clock;
    std::vector<int> woken;
    asio::cancellation_signal stop;
    asio::co_spawn(context, note_waking(clock, milliseconds{300}, woken, 3),
                   asio::bind_cancellation_slot(stop.slot(), keep));
    context.poll();
    stop.emit(asio::cancellation_type::terminal);
    context.restart();
    context.poll();
    CHECK(woken == std::vector{-3});
    CHECK(clock.sleeping() == 0);
}

TEST_CASE("the wall clock can jump without waking anybody") {
    ManualClock clock;
    const auto before = clock.steady_now();
    const auto wall = clock.now();
    clock.jump(milliseconds{-5000});
    CHECK(clock.now() == wall - milliseconds{5000});
    CHECK(clock.steady_now() == before);
}

TEST_CASE("an exception of the task reaches the test") {
    asio::io_context context;
    CHECK_THROWS_AS(run_coroutine(context, throw_one()), std::runtime_error);
}

TEST_CASE("the script answers in its order and keeps the requests") {
    asio::io_context context;
    ScriptedTransport transport;
    transport.expect("PUT", "/latest/api/token").host("169.254.169.254").reply(200, "token");
    transport.expect("GET", "/x?y=1").header("X-Token", "token").reply(404, "no", {{"Date", "d"}});
    transport.expect_any().fail(gls::ErrorKind::timeout, "slow").times(2);

    gls::aws::HttpRequest request;
    request.endpoint.host = "169.254.169.254";
    request.method = "PUT";
    request.target = "/latest/api/token";
    auto answer = run_coroutine(context, transport.send(request, {}));
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(answer->body == "token");
    CHECK(answer->body.capacity() >= answer->body.size() + 64);

    request.method = "GET";
    request.target = "/x?y=1";
    request.headers.push_back({"x-token", "token"});
    answer = run_coroutine(context, transport.send(request, {}));
    REQUIRE(answer.has_value());
    CHECK(answer->status == 404);
    CHECK(answer->headers.at(0).value == "d");

    for (int i = 0; i < 2; ++i) {
        CHECK_FALSE(transport.finished());
        answer = run_coroutine(context, transport.send(request, {}));
        REQUIRE_FALSE(answer.has_value());
        CHECK(answer.error().kind == gls::ErrorKind::timeout);
    }
    CHECK(transport.finished());
    CHECK(transport.requests().size() == 4);
}

TEST_CASE("a scripted silence lasts until it is cancelled") {
    asio::io_context context;
    ScriptedTransport transport;
    transport.expect_any().never_answer();
    asio::cancellation_signal stop;
    gls::ErrorKind kind{};
    const gls::aws::HttpRequest request;
    asio::co_spawn(
        context, transport.send(request, {}),
        asio::bind_cancellation_slot(
            stop.slot(), [&kind](std::exception_ptr e, gls::Result<gls::aws::HttpResponse> answer) {
                keep(e);
                kind = answer.error().kind;
            }));
    context.poll();
    CHECK_FALSE(context.stopped());
    stop.emit(asio::cancellation_type::terminal);
    context.restart();
    context.poll();
    CHECK(context.stopped());
    CHECK(kind == gls::ErrorKind::cancelled);
}

TEST_CASE("a task that nothing will wake fails the test" * doctest::should_fail()) {
    asio::io_context context;
    ManualClock clock;
    (void)run_coroutine(context, sleep_twice(clock)); // no clock is told to move
}

TEST_CASE("a request that was not expected fails the test" * doctest::should_fail()) {
    asio::io_context context;
    ScriptedTransport transport;
    const gls::aws::HttpRequest request;
    (void)run_coroutine(context, transport.send(request, {}));
}

TEST_CASE("an expectation never used fails the test" * doctest::should_fail()) {
    ScriptedTransport transport;
    transport.expect("GET", "/").reply(200);
}
