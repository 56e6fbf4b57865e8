#include "async/slots.hpp"
#include "spawned.hpp"
#include "support/manual_clock.hpp"

#include <doctest/doctest.h>

#include <list>
#include <vector>

namespace asio = boost::asio;
using gls::milliseconds;
using gls::Slot;
using gls::Slots;
using gls::Task;
using gls::test::ManualClock;
using gls::test::poll;
using gls::test::Spawned;

namespace {

// Holds a place for a while, notes its name when it gets one, minus its name when it does not.
Task<int> hold(Slots& slots, gls::Clock& clock, std::vector<int>& order, int name) {
    const Slot slot = co_await slots.take();
    order.push_back(slot ? name : -name);
    if (slot) (void)co_await clock.sleep_for(milliseconds{10});
    co_return name;
}

} // namespace

TEST_CASE("places are given in the order of asking, never more than there are") {
    asio::io_context context;
    ManualClock clock;
    Slots slots{context.get_executor(), 2};
    std::vector<int> order;
    std::list<Spawned<int>> tasks;
    for (int name = 1; name <= 5; ++name)
        tasks.emplace_back(context, hold(slots, clock, order, name));
    poll(context);
    CHECK(order == std::vector{1, 2});
    CHECK(slots.waiting() == 3);
    clock.advance(context, milliseconds{10});
    CHECK(order == std::vector{1, 2, 3, 4});
    clock.advance(context, milliseconds{20});
    CHECK(order == std::vector{1, 2, 3, 4, 5});
    CHECK(slots.free() == 2);
    CHECK(slots.waiting() == 0);
}

TEST_CASE("who is cancelled while waiting gets none and leaves the others their turn") {
    asio::io_context context;
    ManualClock clock;
    Slots slots{context.get_executor(), 1};
    std::vector<int> order;
    const Spawned<int> first{context, hold(slots, clock, order, 1)};
    Spawned<int> second{context, hold(slots, clock, order, 2)};
    const Spawned<int> third{context, hold(slots, clock, order, 3)};
    poll(context);
    second.cancel();
    poll(context);
    CHECK(order == std::vector{1, -2});
    clock.advance(context, milliseconds{10});
    CHECK(order == std::vector{1, -2, 3});
    clock.advance(context, milliseconds{10});
    CHECK(slots.free() == 1);
}

TEST_CASE("a place given and cancelled in the same moment is not lost") {
    asio::io_context context;
    ManualClock clock;
    Slots slots{context.get_executor(), 1};
    std::vector<int> order;
    const Spawned<int> holder{context, hold(slots, clock, order, 1)};
    Spawned<int> next{context, hold(slots, clock, order, 2)};
    poll(context);
    clock.advance(milliseconds{10});
    // Run the holder alone, so that it has given its place to one who has not woken yet.
    context.restart();
    while (!holder.result.has_value() && context.poll_one() > 0) {
    }
    next.cancel();
    clock.advance(context, milliseconds{20});
    CHECK(next.result == 2);
    CHECK(slots.free() == 1);
}
