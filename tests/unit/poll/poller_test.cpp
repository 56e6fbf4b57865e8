#include "async/task_group.hpp"
#include "pages.hpp"
#include "poll/poller.hpp"
#include "polled_fleet.hpp"
#include "support/run_coroutine.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace gls::test;
using std::chrono::hours;
using std::chrono::minutes;

ToyFleetSettings small_fleet() {
    ToyFleetSettings fleet;
    fleet.listed = 60;
    fleet.live = 20;
    fleet.retention = minutes{20}; // 40 ended ones stay listed
    return fleet;
}

TEST_CASE("the first pictures: live, then full, each when it is whole") {
    ToyFleetSettings fleet = small_fleet();
    fleet.listed = 1'000;
    PolledFleet polled{fleet, {}, false};
    CHECK_FALSE(polled.daemon->picture()->status.first_sweep_ended);
    CHECK_FALSE(polled.daemon->picture()->snapshot);
    std::shared_ptr<const Picture> first;
    polled.run_for(minutes{1}, [&] {
        if (!first && polled.daemon->picture()->snapshot) first = polled.daemon->picture();
    });
    REQUIRE(first);
    CHECK(first->status.first_sweep_ended);
    CHECK(first->snapshot->live_as_of);
    CHECK_FALSE(first->snapshot->full_as_of);
    CHECK(first->target.account_id == "111122223333");
    CHECK(polled.daemon->picture()->snapshot->full_as_of);
    CHECK(is_up(polled.daemon->picture()->status, polled.clock.now()));
}

TEST_CASE("a small fleet costs one call a minute") {
    PolledFleet polled{small_fleet(), {}, false};
    polled.run_for(minutes{5});
    const auto before = polled.fleet.calls();
    polled.run_for(hours{1});
    CHECK(polled.fleet.calls() - before <= 60);
    CHECK(polled.fleet.calls() - before >= 59);
}

TEST_CASE("a fleet that stands still is looked at less often, until something happens") {
    ToyFleetSettings fleet = small_fleet();
    fleet.live = 0;
    fleet.starts_per_minute = 0;
    fleet.retention = hours{10'000};
    PolledFleet polled{fleet, {}, false};
    polled.run_for(hours{1});
    const auto before = polled.fleet.calls();
    polled.run_for(hours{1});
    CHECK(polled.fleet.calls() - before < 30);
    CHECK(is_up(polled.daemon->picture()->status, polled.clock.now()));
    CHECK(polled.daemon->picture()->status.live_interval == seconds{135});
}

TEST_CASE("sessions that end faster than the pace can ask about them do not hold up the picture") {
    ToyFleetSettings fleet;
    fleet.live = 900;
    fleet.starts_per_minute = 180;
    fleet.drop_share = fleet.brief_share = 0;
    fleet.retention = hours{2};
    fleet.listed = 22'000;
    PollingSettings settings;
    settings.api.requests_per_second = 2; // 120 look-ups a minute
    settings.api.burst = 1;
    settings.sweep.live_interval = seconds{10};
    PolledFleet polled{fleet, settings, false};
    polled.run_for(minutes{10});
    unsigned withdrawn = 0;
    milliseconds longest{0};
    polled.run_for(minutes{30}, [&] {
        const auto picture = polled.daemon->picture();
        withdrawn += live_is_fresh(picture->status, polled.clock.now()) ? 0 : 1;
        longest = std::max(longest, picture->status.live_interval);
    });
    CHECK(withdrawn == 0);
    CHECK(longest < seconds{80}); // 16 calls of the chains, and a minute
    CHECK(polled.daemon->log.has("look_ups_put_off"));
    // 220 pages are fewer calls than as many look-ups.
    const auto full_ones =
        std::ranges::count(polled.daemon->sweeps.reports, SweepKind::full, &SweepReport::kind);
    CHECK(full_ones > 2); // in 40 minutes of a full interval of an hour
}

TEST_CASE(
    "look-ups that are denied are told as such, not as a lack of time, and cost a call each") {
    ToyFleetSettings fleet;
    fleet.live = 300;
    fleet.listed = 22'000;
    fleet.starts_per_minute = 30;
    PolledFleet polled{fleet, {}, false};
    polled.fleet.break_where([](const aws::Operation& operation) {
        return operation.name == "GetStreamSession" ? std::optional{ErrorKind::denied}
                                                    : std::nullopt;
    });
    polled.run_for(minutes{20});
    const auto& status = polled.daemon->picture()->status;
    CHECK(is_up(status, polled.clock.now()));
    CHECK(status.last_error.contains("GetStreamSession is broken"));
    CHECK(polled.daemon->log.count("look_ups_failed") ==
          polled.fleet.calls("GetStreamSession")); // the first as a warning
    CHECK(polled.fleet.calls("GetStreamSession") <= 20);
    CHECK_FALSE(polled.daemon->log.has("look_ups_put_off"));
    CHECK_FALSE(polled.daemon->log.has("sweep_failed"));
}

TEST_CASE("a budget is spread over the day and never overrun") {
    PollingSettings settings;
    settings.api.requests_per_day = 300;
    PolledFleet polled{small_fleet(), settings, false}; // at midnight UTC
    std::uint64_t by_noon = 0;
    polled.run_for(hours{12});
    by_noon = polled.fleet.calls();
    CHECK(by_noon > 140);
    CHECK(by_noon < 170);
    polled.run_for(hours{12} - seconds{5});
    CHECK(polled.fleet.calls() <= 300);
    CHECK(polled.fleet.calls() > 280);
    CHECK(polled.daemon->picture()->status.live_interval > minutes{2});
    CHECK(is_up(polled.daemon->picture()->status, polled.clock.now()));
    polled.run_for(hours{24});
    CHECK(polled.fleet.calls() <= 600);
    CHECK(polled.fleet.calls() > 560);
}

TEST_CASE("one call in five failing: the picture stays good between, and nothing is partial") {
    ToyFleetSettings fleet = small_fleet();
    fleet.failing_share = 0.2;
    PolledFleet polled{fleet, {}, false};
    int up = 0;
    for (int minute = 0; minute < 360; ++minute) {
        polled.run_for(minutes{1});
        const auto picture = polled.daemon->picture();
        up += is_up(picture->status, polled.clock.now()) ? 1 : 0;
        if (picture->snapshot && picture->snapshot->full_as_of)
            REQUIRE(picture->snapshot->tracked_sessions > 20);
    }
    CHECK(up > 180);
}

TEST_CASE("a sweep that is whole in the moment in which its time is up is no failed one") {
    ToyFleetSettings fleet = small_fleet();
    fleet.listed = 150; // two pages
    fleet.latency = seconds{5};
    PollingSettings settings;
    settings.sweep.strategy = settings::Strategy::full;
    settings.sweep.timeout = seconds{10};
    PolledFleet polled{fleet, settings, false};
    polled.run_for(seconds{11});
    REQUIRE(polled.daemon->sweeps.reports.size() == 1);
    CHECK(polled.daemon->sweeps.reports[0].failure.empty());
    CHECK(polled.daemon->picture()->snapshot);
}

// Fails as told; else an empty list.
class BrokenApi final : public aws::Api {
public:
    explicit BrokenApi(Clock& clock) : clock_{clock} {}
    Task<Result<aws::Answer>> call(aws::Operation) override {
        ++calls;
        if (hangs) {
            const bool slept = co_await clock_.sleep_for(hours{1'000});
            (void)slept;
            co_return fail(ErrorKind::cancelled, "stopped");
        }
        if (kind) {
            auto error = fail(*kind, message);
            error.error().code = code;
            co_return error;
        }
        aws::Answer answer;
        answer.body = page_json({});
        answer.attempts = 1;
        co_return answer;
    }
    std::optional<ErrorKind> kind;
    std::string message{"it does not work"};
    std::string code;
    bool hangs{false};
    std::uint64_t calls{0};

private:
    Clock& clock_;
};

struct BrokenFixture {
    boost::asio::io_context context;
    ManualClock clock;
    BrokenApi api{clock};
    Budget budget{0};
    Gate gate{clock, budget, {}};
    PollingSettings settings;
    std::optional<Daemon> daemon;

    void run_for(milliseconds how_long) {
        if (!daemon) daemon.emplace(context, clock, api, gate, budget, settings);
        clock.advance(context, how_long);
    }
};

TEST_CASE("a denied call is said once, with what to do, tried again with sense, and its end is "
          "said too") {
    BrokenFixture f;
    f.api.kind = ErrorKind::denied;
    f.api.code = "AccessDeniedException";
    f.run_for(minutes{30});
    CHECK(f.daemon->picture()->status.first_sweep_ended);
    CHECK_FALSE(is_up(f.daemon->picture()->status, f.clock.now()));
    CHECK(f.daemon->picture()->status.last_live->failure == "denied");
    CHECK_FALSE(f.daemon->picture()->status.last_error.empty());
    std::size_t warnings = 0;
    for (const auto& event : f.daemon->log.events())
        warnings += event.level == LogLevel::warn ? 1U : 0U;
    CHECK(warnings == 1);
    CHECK(f.daemon->log.contains("gameliftstreams:ListStreamSessionsByAccount"));
    CHECK(f.api.calls > 30);
    CHECK(f.api.calls < 80);

    f.api.kind.reset();
    f.run_for(minutes{2});
    CHECK(is_up(f.daemon->picture()->status, f.clock.now()));
    CHECK(f.daemon->picture()->status.last_error.empty());
    CHECK(f.daemon->log.has("sweep_recovered"));

    f.api.kind = ErrorKind::throttled;
    f.run_for(minutes{5});
    CHECK(f.daemon->picture()->status.last_live->failure == "throttled");
}

TEST_CASE(
    "a server that never answers costs the sweep its timeout, and stopping does not wait for it") {
    BrokenFixture f;
    f.api.hangs = true;
    f.settings.sweep.timeout = minutes{5};
    f.run_for(minutes{5} + seconds{1});
    CHECK(f.daemon->picture()->status.last_live->failure == "timeout");
    f.run_for(minutes{1});
    f.daemon.reset();
    CHECK(f.clock.sleeping() == 0);
}

TEST_CASE("a clock that is set before the first sweep does not move the birth of the counters") {
    BrokenFixture f;
    f.clock.jump(-hours{24 * 365 * 50});
    f.api.kind = ErrorKind::clock_skew;
    f.run_for(minutes{5});
    CHECK_FALSE(f.daemon->picture()->snapshot);
    f.clock.jump(hours{24 * 365 * 50});
    f.api.kind.reset();
    const WallTime born = f.clock.now() - minutes{5};
    f.run_for(minutes{1});
    REQUIRE(f.daemon->picture()->snapshot);
    CHECK(f.daemon->picture()->snapshot->lifecycle.since == born);
    f.clock.jump(hours{24}); // later ones are none of its business
    f.run_for(minutes{5});
    CHECK(f.daemon->picture()->snapshot->lifecycle.since == born);
}

TEST_CASE("sweeps go on in their rhythm whatever happens to the wall clock") {
    for (const auto by : {-hours{24 * 400}, hours{24 * 400}}) {
        PolledFleet polled{small_fleet(), {}, false};
        polled.run_for(minutes{5});
        polled.clock.jump(by);
        CHECK(is_up(polled.daemon->picture()->status, polled.clock.now()) == (by < hours{0}));
        const auto before = polled.fleet.calls();
        polled.run_for(minutes{10});
        CHECK(polled.fleet.calls() - before <= 11);
        CHECK(polled.fleet.calls() - before >= 9);
        CHECK(is_up(polled.daemon->picture()->status, polled.clock.now()));
    }
}

TEST_CASE("a last good picture stays, with its age, while sweeps fail") {
    BrokenFixture f;
    f.run_for(minutes{2});
    const auto good = f.daemon->picture();
    REQUIRE(good->snapshot);
    f.api.kind = ErrorKind::malformed;
    f.run_for(minutes{10});
    CHECK(f.daemon->picture()->snapshot == good->snapshot);
    CHECK(f.daemon->picture()->status.last_live_success == good->status.last_live_success);
    CHECK_FALSE(live_is_fresh(f.daemon->picture()->status, f.clock.now()));
}

} // namespace
