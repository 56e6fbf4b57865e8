#include "async/cancelled.hpp"
#include "async/task_group.hpp"
#include "spawned.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <vector>

namespace asio = boost::asio;
using gls::idle;
using gls::milliseconds;
using gls::Task;
using gls::TaskGroup;
using gls::test::LogCapture;
using gls::test::ManualClock;
using gls::test::poll;
using gls::test::run_coroutine;
using gls::test::Spawned;

namespace {

struct TaskGroupFixture {
    asio::io_context context;
    ManualClock clock;
    LogCapture log;
    TaskGroup group{context.get_executor(), log};
    std::vector<std::string> seen;
};

// A loop of idle waits and steps, as a poller is one.
Task<> loop(TaskGroupFixture& f, milliseconds step) {
    for (;;) {
        const bool go_on = co_await idle(f.group, f.clock, milliseconds{60'000});
        if (!go_on) break;
        f.seen.emplace_back("step");
        const bool slept = co_await f.clock.sleep_for(step);
        f.seen.emplace_back(slept ? "finished" : "cut");
    }
    f.seen.emplace_back("ended");
}

// Finishes with a wait after it was told to stop, as writing the state does.
Task<> last_words(TaskGroupFixture& f) {
    (void)co_await idle(f.group, f.clock, milliseconds{60'000});
    const bool slept = co_await f.clock.sleep_for(milliseconds{100});
    f.seen.emplace_back(slept ? "written" : "cut");
}

Task<> deaf(TaskGroupFixture& f) { // shrugs off even "terminal"
    for (int i = 0; i < 100; ++i) {
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        (void)co_await f.clock.sleep_for(milliseconds{1000});
    }
}

Task<> throws() {
    throw std::runtime_error{"a bug"};
    co_return;
}

} // namespace

TEST_CASE("tasks are counted, and leave when they end") {
    TaskGroupFixture f;
    f.group.start("loop", loop(f, milliseconds{10}));
    f.group.start("throws", throws());
    CHECK(f.group.running() == 2);
    poll(f.context);
    CHECK(f.group.running() == 1);
    REQUIRE(f.log.count("task_escaped") == 1);
    CHECK(f.log.last("task_escaped")["task"] == "throws");
    CHECK(f.log.last("task_escaped")["error"] == "a bug");
    f.group.cancel(asio::cancellation_type::terminal);
    poll(f.context);
    CHECK(f.group.running() == 0);
    CHECK(f.log.count("task_escaped") == 1); // being cancelled is no escape
}

TEST_CASE("a stop wakes who idles at once") {
    TaskGroupFixture f;
    f.group.start("loop", loop(f, milliseconds{10}));
    poll(f.context);
    CHECK(run_coroutine(f.context, f.group.stop(f.clock, milliseconds{4000})) == 0);
    CHECK(f.seen == std::vector<std::string>{"ended"});
}

TEST_CASE("a stop lets a step finish that is within the grace") {
    TaskGroupFixture f;
    f.group.start("loop", loop(f, milliseconds{3000}));
    poll(f.context);
    f.clock.advance(f.context, milliseconds{60'000});
    CHECK(f.seen == std::vector<std::string>{"step"});
    CHECK(run_coroutine(f.context, f.clock, f.group.stop(f.clock, milliseconds{4000})) == 0);
    CHECK(f.seen == std::vector<std::string>{"step", "finished", "ended"});
}

TEST_CASE("a step that outlasts the grace is cut off") {
    TaskGroupFixture f;
    f.group.start("loop", loop(f, milliseconds{5000}));
    poll(f.context);
    f.clock.advance(f.context, milliseconds{60'000});
    const auto before = f.clock.steady_now();
    CHECK(run_coroutine(f.context, f.clock, f.group.stop(f.clock, milliseconds{4000})) == 0);
    CHECK(f.seen == std::vector<std::string>{"step", "cut", "ended"});
    CHECK(f.clock.steady_now() - before == milliseconds{4000});
}

TEST_CASE("after the request to stop a task can still wait for what it does last") {
    TaskGroupFixture f;
    f.group.start("last", last_words(f));
    poll(f.context);
    CHECK(run_coroutine(f.context, f.clock, f.group.stop(f.clock, milliseconds{4000})) == 0);
    CHECK(f.seen == std::vector<std::string>{"written"});
}

TEST_CASE("a task that heeds nothing is left after twice the grace, and told") {
    TaskGroupFixture f;
    f.group.start("deaf", deaf(f));
    poll(f.context);
    Spawned<std::size_t> stop{f.context, f.group.stop(f.clock, milliseconds{4000})};
    f.clock.advance(f.context, milliseconds{7999});
    CHECK_FALSE(stop.result.has_value());
    f.clock.advance(f.context, milliseconds{1});
    CHECK(stop.result == 1);
}

TEST_CASE("a group that stops starts nothing new") {
    TaskGroupFixture f;
    f.group.cancel(asio::cancellation_type::total);
    f.group.start("late", loop(f, milliseconds{10}));
    CHECK(f.group.running() == 0);
    CHECK(f.group.stopping());
    CHECK(run_coroutine(f.context, f.group.stop(f.clock, milliseconds{1})) == 0);
}

TEST_CASE("tasks may outlive the group object") {
    asio::io_context context;
    const ManualClock clock;
    LogCapture log;
    {
        TaskGroup group{context.get_executor(), log};
        group.start("throws", throws());
    }
    poll(context);
    CHECK(log.count("task_escaped") == 1);
}
