#include "async/task_group.hpp"
#include "poll/inventory_lane.hpp"
#include "polled_fleet.hpp"

#include <doctest/doctest.h>

#include <deque>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace gls::test;
using std::chrono::hours;
using std::chrono::minutes;

constexpr SteadyTime begin{hours{5}};

InventorySituation every_five_minutes() {
    InventorySituation situation;
    situation.interval = minutes{5};
    situation.calls = 5;
    return situation;
}

BudgetLeft left(std::uint64_t calls, milliseconds until_reset) {
    BudgetLeft left;
    left.calls = calls;
    left.until_reset = until_reset;
    left.per_day = 10'000;
    return left;
}

TEST_CASE("the first reading is due at once, the next an interval after the last began") {
    auto situation = every_five_minutes();
    CHECK(next_inventory(situation, start).start);
    situation.begun = begin;
    CHECK_FALSE(next_inventory(situation, begin + minutes{5} - milliseconds{1}).start);
    CHECK(next_inventory(situation, begin + minutes{5} - milliseconds{1}).wait == milliseconds{1});
    CHECK(next_inventory(situation, begin + minutes{5}).start);
    CHECK(next_inventory(situation, start).wait == seconds{15}); // a reload is noticed
}

TEST_CASE("an interval of 0 is off") {
    auto situation = every_five_minutes();
    situation.interval = milliseconds{0};
    CHECK_FALSE(next_inventory(situation, start).start);
    CHECK(next_inventory(situation, start).wait > milliseconds{0});
}

TEST_CASE(
    "a reading that is more than a quarter of what the budget has left waits, the first too") {
    auto situation = every_five_minutes(); // of five calls
    situation.budget = left(20, minutes{1});
    CHECK(next_inventory(situation, start).start);
    situation.budget = left(19, minutes{1});
    CHECK_FALSE(next_inventory(situation, start).start);
    situation.budget = left(0, minutes{1});
    CHECK_FALSE(next_inventory(situation, start).start);
}

TEST_CASE("a failed reading is tried again after a pause that doubles, at most an interval") {
    auto situation = every_five_minutes();
    situation.begun = begin;
    situation.ended = begin + seconds{20};
    const auto after = [&](unsigned failures, milliseconds pause) {
        situation.failures = failures;
        const auto due = begin + pause;
        return !next_inventory(situation, due - milliseconds{1}).start &&
               next_inventory(situation, due).start;
    };
    CHECK(after(1, seconds{50}));
    CHECK(after(2, seconds{80}));
    CHECK(after(4, seconds{260}));
    CHECK(after(5, minutes{5}));
    CHECK(after(1'000, minutes{5}));
    situation.interval = seconds{40}; // it is due by itself before that
    CHECK(after(1, seconds{40}));
}

TEST_CASE("where the budget has stretched the interval, a failed reading waits for all of it") {
    auto situation = every_five_minutes();
    situation.begun = begin;
    situation.ended = begin;
    situation.failures = 1;
    situation.budget = left(480, hours{24});
    CHECK_FALSE(next_inventory(situation, begin + minutes{59}).start);
    CHECK(next_inventory(situation, begin + hours{1}).start);
}

TEST_CASE("a budget stretches the interval, so that readings keep to a quarter of it") {
    auto situation = every_five_minutes();
    situation.begun = begin;
    situation.budget = left(480, hours{24});
    CHECK(next_inventory(situation, start).interval == hours{1}); // 24 readings, 120 calls
    CHECK_FALSE(next_inventory(situation, begin + minutes{59}).start);
    CHECK(next_inventory(situation, begin + hours{1}).start);
    situation.budget = left(10'000, hours{24});
    CHECK(next_inventory(situation, start).interval == minutes{5});
}

// An account without groups, and one application; or a failure.
class SmallAccount final : public aws::Api {
public:
    explicit SmallAccount(Clock& clock) : clock_{clock} {}
    Task<Result<aws::Answer>> call(aws::Operation operation) override {
        ++calls;
        const bool slept = co_await clock_.sleep_for(takes);
        if (!slept) co_return fail(ErrorKind::cancelled, "stopped");
        if (failing) co_return fail(*failing, "it does not work");
        aws::Answer answer;
        answer.body = operation.name == "ListApplications"
                          ? R"({"Items":[{"Id":"a-1","Status":"READY"}]})"
                          : R"({"Items":[]})";
        co_return answer;
    }
    std::optional<ErrorKind> failing;
    milliseconds takes{1};
    std::uint64_t calls{0};

private:
    Clock& clock_;
};

class CountedFailures final : public InventoryObserver {
public:
    void inventory_failed(std::string_view reason) override { reasons.emplace_back(reason); }
    std::vector<std::string> reasons;
};

class NoFacts final : public TargetFacts {
public:
    void tell(TargetStatus&) override {}
    Task<Result<std::string>> account_id() override {
        co_return fail(ErrorKind::timeout, "STS is silent");
    }
};

// The lane alone: no sweep runs.
struct LaneFixture {
    boost::asio::io_context context;
    ManualClock clock;
    SmallAccount api{clock};
    Budget budget{0};
    Gate gate{clock, budget, {}};
    state::SessionTable table{{}};
    NoFacts facts;
    Board board{Pictures{std::make_shared<const Picture>()}};
    ReportedSweeps sweeps;
    LogCapture log;
    CountedFailures failures;
    Poller poller{{api, gate, budget, table, facts, board, sweeps, clock, log}, {}, {}};
    InventoryLane lane{{api, budget, poller, failures, clock, log}, "t", minutes{5}};
    TaskGroup tasks{context.get_executor(), log};

    LaneFixture() { tasks.start("inventory lane", lane.run()); }
    ~LaneFixture() {
        tasks.cancel();
        context.restart();
        context.poll();
        CHECK(tasks.running() == 0);
    }
    LaneFixture(const LaneFixture&) = delete;
    LaneFixture& operator=(const LaneFixture&) = delete;

    void run_for(milliseconds how_long) { clock.advance(context, how_long); }
    [[nodiscard]] std::shared_ptr<const InventoryPicture> shown() const {
        return board.current()->at(0)->inventory;
    }
};

TEST_CASE("what is read is on the board; a failure is counted, said once, and changes nothing") {
    LaneFixture f;
    f.run_for(minutes{1});
    REQUIRE(f.shown());
    CHECK(f.shown()->interval == minutes{5});
    REQUIRE(f.shown()->inventory.applications.size() == 1);
    CHECK(f.api.calls == 2);
    const auto good = f.shown();

    f.api.failing = ErrorKind::denied;
    f.run_for(minutes{10}); // at 5:00, 5:30, 6:30 and 8:30
    CHECK(f.failures.reasons == std::vector<std::string>(4, "denied"));
    CHECK(f.shown() == good);
    CHECK_FALSE(f.board.current()->at(0)->status.first_sweep_ended);
    CHECK(f.board.current()->at(0)->status.last_error.empty());
    std::size_t warnings = 0;
    for (const auto& event : f.log.events())
        warnings += event.level == LogLevel::warn ? 1U : 0U;
    CHECK(warnings == 1);
    CHECK(f.log.contains("gameliftstreams:ListStreamGroups"));

    f.api.failing.reset();
    f.run_for(minutes{5});
    CHECK(f.shown() != good);
    CHECK(f.log.has("inventory_recovered"));
}

TEST_CASE("a reload to 0 takes the inventory away, and back brings it again") {
    LaneFixture f;
    f.run_for(minutes{1});
    REQUIRE(f.shown());
    f.lane.configure(minutes{0});
    CHECK_FALSE(f.shown());
    f.run_for(hours{1});
    CHECK(f.api.calls == 2);
    f.lane.configure(minutes{1});
    f.run_for(seconds{20});
    CHECK(f.shown());
}

TEST_CASE("a reading that takes longer than the interval is not too old when it arrives") {
    LaneFixture f;
    f.lane.configure(seconds{1});
    f.api.takes = seconds{5};
    f.run_for(seconds{11});
    REQUIRE(f.shown());
    CHECK(f.shown()->interval == seconds{10});
}

TEST_CASE("stopping does not wait for a reading") {
    LaneFixture f;
    f.api.takes = hours{1};
    f.run_for(seconds{1});
    CHECK(f.api.calls == 1); // the fixture finds no task left
}

TEST_CASE("a new interval measures the age of what is shown at once") {
    LaneFixture f;
    f.run_for(minutes{1});
    const auto before = f.shown();
    f.lane.configure(hours{1});
    REQUIRE(f.shown());
    CHECK(f.shown()->interval == hours{1});
    CHECK(f.shown()->as_of == before->as_of);
}

} // namespace
