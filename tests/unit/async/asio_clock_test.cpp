#include "async/asio_clock.hpp"
#include "spawned.hpp"

#include <doctest/doctest.h>

namespace asio = boost::asio;
using gls::milliseconds;
using gls::test::poll;
using gls::test::Spawned;

namespace {

gls::Task<int> sleep_twice(gls::Clock& clock, milliseconds first, milliseconds second) {
    const bool slept = co_await clock.sleep_for(first);
    const bool slept_again = co_await clock.sleep_for(second);
    co_return (slept ? 1 : 0) + (slept_again ? 2 : 0);
}

} // namespace

TEST_CASE("real sleeps end by themselves, however short or negative") {
    asio::io_context context;
    const auto clock = gls::asio_clock();
    Spawned<int> task{context, sleep_twice(*clock, milliseconds{0}, milliseconds{-5})};
    context.run();
    CHECK(task.result == 3);
}

TEST_CASE("a cancelled sleep is false, and so is the next one, at once") {
    asio::io_context context;
    const auto clock = gls::asio_clock();
    Spawned<int> task{context, sleep_twice(*clock, milliseconds::max(), milliseconds::max())};
    poll(context);
    CHECK_FALSE(task.result.has_value());
    task.cancel();
    poll(context);
    CHECK(task.result == 0);
    CHECK(context.stopped());
}

TEST_CASE("both clocks run forward and the wall clock is in this century") {
    const auto clock = gls::asio_clock();
    const auto before = clock->steady_now();
    CHECK(clock->steady_now() >= before);
    CHECK(gls::unix_seconds(clock->now()) > 1.7e9);
    CHECK(gls::unix_seconds(clock->now()) < 4.2e9);
}
