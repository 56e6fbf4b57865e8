#include "poll/gate.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace gls;
using namespace gls::poll;
using aws::Urgency;
namespace asio = boost::asio;

struct GateFixture {
    asio::io_context context;
    test::ManualClock clock;
    Budget budget{0};
    Gate gate{clock, budget, PaceSettings{.requests_per_second = 1, .burst = 1}};
    std::string order;

    Task<> ask(char name, Urgency urgency, const char* operation) {
        const auto admitted = co_await gate.admit(operation, urgency);
        if (admitted) order += name;
    }
    void spawn(char name, Urgency urgency, const char* operation = "List") {
        asio::co_spawn(context, ask(name, urgency, operation), asio::detached);
        context.restart();
        context.poll();
    }
};

TEST_CASE("the most urgent goes first; of two alike, the one that came first") {
    GateFixture f;
    f.spawn('-', Urgency::full); // takes the one token there is
    f.spawn('f', Urgency::full);
    f.spawn('i', Urgency::inventory);
    f.spawn('k', Urgency::look_up);
    f.spawn('l', Urgency::live);
    f.spawn('L', Urgency::live);
    CHECK(f.order == "-");
    f.clock.advance(f.context, seconds{10});
    CHECK(f.order == "-lLkfi");
}

TEST_CASE("live chains that could use the whole pace leave a turn in ten to a full sweep") {
    GateFixture f;
    f.spawn('f', Urgency::full);
    f.spawn('F', Urgency::full);
    for (int i = 0; i < 20; ++i)
        f.spawn('l', Urgency::live);
    f.clock.advance(f.context, seconds{40});
    CHECK(f.order == "fllllllllFlllllllllll"
                     "l");
}

TEST_CASE("each operation has a pace of its own") {
    GateFixture f;
    f.spawn('a', Urgency::live, "List");
    f.spawn('b', Urgency::live, "List");
    f.spawn('c', Urgency::look_up, "Get");
    CHECK(f.order == "ac");
    f.clock.advance(f.context, seconds{2});
    CHECK(f.order == "acb");
}

TEST_CASE("a spent budget refuses instead of waiting") {
    GateFixture f;
    f.budget.configure(1);
    CHECK(test::run_coroutine(f.context, f.clock, f.gate.admit("List", Urgency::live)));
    const auto refused =
        test::run_coroutine(f.context, f.clock, f.gate.admit("List", Urgency::live));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::budget);
}

TEST_CASE("whoever is cancelled leaves the queue") {
    GateFixture f;
    f.spawn('-', Urgency::live);
    asio::cancellation_signal stop;
    asio::co_spawn(f.context, f.ask('x', Urgency::live, "List"),
                   asio::bind_cancellation_slot(stop.slot(), asio::detached));
    f.spawn('y', Urgency::full);
    stop.emit(asio::cancellation_type::terminal);
    f.clock.advance(f.context, seconds{10});
    CHECK(f.order == "-y");
}

TEST_CASE("throttling slows the operation that was throttled") {
    GateFixture f;
    f.gate.settled("List", true);
    CHECK(f.gate.per_second("List") < 1);
    CHECK(f.gate.per_second("Get") == 1);
}

} // namespace
