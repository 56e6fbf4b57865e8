#include "async/task_group.hpp"
#include "spawned.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace asio = boost::asio;
using gls::milliseconds;
using gls::Task;
using gls::TaskGroup;
using gls::test::LogCapture;
using gls::test::ManualClock;
using gls::test::poll;
using gls::test::Spawned;

namespace {

struct TaskGroupFixture {
    asio::io_context context;
    ManualClock clock;
    LogCapture log;
    TaskGroup group{context.get_executor(), log};
    std::vector<std::string> seen;
};

// Waits in turns, as a poller does.
Task<> loop(TaskGroupFixture& f) {
    for (bool slept = true; slept;) {
        slept = co_await f.clock.sleep_for(milliseconds{60'000});
        f.seen.emplace_back(slept ? "step" : "cut");
    }
}

Task<> deaf(TaskGroupFixture& f) { // shrugs a cancellation off
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    (void)co_await f.clock.sleep_for(milliseconds{1000});
    f.seen.emplace_back("deaf");
}

Task<> throws() {
    throw std::runtime_error{"a bug"};
    co_return;
}

} // namespace

TEST_CASE("tasks are counted, and leave when they end") {
    TaskGroupFixture f;
    f.group.start("loop", loop(f));
    f.group.start("throws", throws());
    CHECK(f.group.running() == 2);
    poll(f.context);
    CHECK(f.group.running() == 1);
    REQUIRE(f.log.count("task_escaped") == 1);
    CHECK(f.log.last("task_escaped")["task"] == "throws");
    CHECK(f.log.last("task_escaped")["error"] == "a bug");
    f.group.cancel();
    poll(f.context);
    CHECK(f.group.running() == 0);
    CHECK(f.log.count("task_escaped") == 1); // being cancelled is no escape
}

TEST_CASE("a cancellation cuts waits off, and nothing is started after it") {
    TaskGroupFixture f;
    f.group.start("loop", loop(f));
    poll(f.context);
    f.clock.advance(f.context, milliseconds{60'000});
    f.group.cancel();
    f.group.start("late", loop(f));
    CHECK(f.group.running() == 1);
    poll(f.context);
    CHECK(f.group.running() == 0);
    CHECK(f.seen == std::vector<std::string>{"step", "cut"});
}

TEST_CASE("empty() waits for those that take their time") {
    TaskGroupFixture f;
    f.group.start("loop", loop(f));
    f.group.start("deaf", deaf(f));
    poll(f.context);
    Spawned<bool> empty{f.context, f.group.empty()};
    f.group.cancel();
    f.clock.advance(f.context, milliseconds{999});
    CHECK_FALSE(empty.result.has_value());
    f.clock.advance(f.context, milliseconds{1});
    CHECK(empty.result == true);
    CHECK(f.seen == std::vector<std::string>{"cut", "deaf"});
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
