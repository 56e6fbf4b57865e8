#include "async/watchdog.hpp"
#include "spawned.hpp"
#include "support/manual_clock.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <vector>

namespace asio = boost::asio;
using gls::milliseconds;
using gls::Watchdog;
using gls::test::ManualClock;
using gls::test::poll;

namespace {

struct WatchdogFixture {
    asio::io_context context;
    ManualClock clock;
    std::optional<Watchdog> watchdog{std::in_place, context.get_executor(), clock};
    std::vector<int> ended;

    void watch(std::optional<Watchdog::Watch>& watch, int in_ms, int name) {
        watch.emplace(*watchdog, clock.steady_now() + milliseconds{in_ms},
                      [this, name] { ended.push_back(name); });
    }
};

} // namespace

TEST_CASE("what is over before its deadline costs no timer of its own") {
    WatchdogFixture f;
    for (int i = 0; i < 1000; ++i) {
        std::optional<Watchdog::Watch> watch;
        f.watch(watch, 10'000, i);
        poll(f.context);
        f.clock.advance(f.context, milliseconds{5});
        CHECK_FALSE(watch->expired());
    }
    CHECK(f.ended.empty());
    CHECK(f.clock.sleeps().size() == 1);
    f.clock.advance(f.context, milliseconds{20'000});
    CHECK_FALSE(f.watchdog->sleeping());
    CHECK(f.context.stopped());
    CHECK(f.clock.sleeps().size() == 1);
}

TEST_CASE("each deadline ends its own wait, once, when it has come") {
    WatchdogFixture f;
    std::optional<Watchdog::Watch> late;
    std::optional<Watchdog::Watch> soon;
    std::optional<Watchdog::Watch> over;
    f.watch(late, 300, 3);
    poll(f.context);
    f.watch(soon, 100, 1); // nearer than what the sleeper sleeps for
    f.watch(over, 200, 2);
    f.clock.advance(f.context, milliseconds{99});
    CHECK(f.ended.empty());
    f.clock.advance(f.context, milliseconds{1});
    CHECK(f.ended == std::vector{1});
    CHECK(soon->expired());
    CHECK_FALSE(late->expired());
    over.reset();
    f.clock.advance(f.context, milliseconds{1000});
    CHECK(f.ended == std::vector{1, 3});
    CHECK(f.context.stopped());
}

TEST_CASE("a watchdog that has gone to rest wakes for the next wait") {
    WatchdogFixture f;
    std::optional<Watchdog::Watch> watch;
    f.watch(watch, 100, 1);
    f.clock.advance(f.context, milliseconds{100});
    CHECK_FALSE(f.watchdog->sleeping());
    f.watch(watch, 100, 2);
    f.clock.advance(f.context, milliseconds{100});
    CHECK(f.ended == std::vector{1, 2});
}

TEST_CASE("several nearer deadlines before the sleeper has run") {
    WatchdogFixture f;
    std::optional<Watchdog::Watch> a;
    std::optional<Watchdog::Watch> b;
    std::optional<Watchdog::Watch> c;
    f.watch(a, 300, 3);
    f.watch(b, 200, 2);
    f.watch(c, 100, 1);
    f.clock.advance(f.context, milliseconds{1000});
    CHECK(f.ended == std::vector{1, 2, 3});
}

TEST_CASE("the end of the watchdog ends its sleeper, and watches may outlive it") {
    WatchdogFixture f;
    std::optional<Watchdog::Watch> watch;
    f.watch(watch, 100, 1);
    poll(f.context);
    f.watchdog.reset();
    poll(f.context);
    CHECK(f.context.stopped());
    f.clock.advance(f.context, milliseconds{1000});
    CHECK(f.ended.empty());
    CHECK_FALSE(watch->expired());
}

TEST_CASE("a watchdog may go before its sleeper has run at all") {
    WatchdogFixture f;
    std::optional<Watchdog::Watch> watch;
    f.watch(watch, 100, 1);
    f.watchdog.reset();
    poll(f.context);
    CHECK(f.context.stopped());
    CHECK(f.ended.empty());
}
