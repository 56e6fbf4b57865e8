#include "async/signals.hpp"
#include "spawned.hpp"
#include "support/log_capture.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

namespace asio = boost::asio;
using gls::test::poll;

namespace {

struct SignalsFixture {
    asio::io_context context;
    gls::test::LogCapture log;
    std::vector<std::string> calls;
    std::optional<gls::Signals> signals{
        std::in_place, context.get_executor(), log,
        gls::SignalActions{[this] { calls.emplace_back("stop"); },
                           [this] { calls.emplace_back("stop_now"); },
                           [this] { calls.emplace_back("reload"); }}};

    void raise(int number) {
        REQUIRE(std::raise(number) == 0);
        poll(context);
    }
};

} // namespace

TEST_CASE("the first signal stops in order, the second at once, whichever they are") {
    SignalsFixture f;
    f.raise(SIGTERM);
    CHECK(f.calls == std::vector<std::string>{"stop"});
    f.raise(SIGINT);
    CHECK(f.calls == std::vector<std::string>{"stop", "stop_now"});
    CHECK(f.log.count("signal") == 2);
    CHECK(f.log.last("signal")["name"] == "SIGINT");
    CHECK(f.log.last("signal")["action"] == "stop_now");
}

TEST_CASE("SIGHUP reloads each time, until the stop") {
    SignalsFixture f;
    f.raise(SIGHUP);
    f.raise(SIGHUP);
    CHECK(f.calls == std::vector<std::string>{"reload", "reload"});
    f.raise(SIGINT);
    f.raise(SIGHUP);
    CHECK(f.calls == std::vector<std::string>{"reload", "reload", "stop"});
}

TEST_CASE("a write to a pipe without a reader does not end the process") {
    SignalsFixture f;
    f.raise(SIGPIPE);
    CHECK(f.calls.empty());
}

TEST_CASE("without its owner no signal is acted upon") {
    SignalsFixture f;
    f.signals.reset();
    poll(f.context);
    CHECK(f.context.stopped());
    CHECK(f.calls.empty());
}
