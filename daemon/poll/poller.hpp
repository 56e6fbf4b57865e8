// The polling of one target: two lanes, live and full, each a loop of "decide, then one wait". What
// a sweep brings is published on the board as soon as it is whole; what fails is said once and
// tried again.
#pragma once

#include "aws/call.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/task.hpp"
#include "poll/account_question.hpp"
#include "poll/board.hpp"
#include "poll/budget.hpp"
#include "poll/budget_waits.hpp"
#include "poll/failure_log.hpp"
#include "poll/gate.hpp"
#include "poll/history.hpp"
#include "poll/keeping.hpp"
#include "poll/readings.hpp"
#include "poll/resolution.hpp"
#include "poll/schedule.hpp"
#include "poll/sweep_observer.hpp"
#include "poll/target_facts.hpp"
#include "settings/settings.hpp"
#include "state/session_table.hpp"
#include "streams/page_json.hpp"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace gls::poll {

// All of them App's; they outlive the poller's tasks.
struct PollerParts {
    aws::Api& api;
    Gate& gate;
    Budget& budget;
    state::SessionTable& table;
    TargetFacts& facts;
    Board& board;
    SweepObserver& observer;
    Clock& clock;
    Log& log;
    Keeping* keeping{nullptr};         // null: memory only
    std::function<void()> published{}; // after each change of the board, on the polling thread
};

class Poller {
public:
    // `identity` is on the board already; its first picture when this returns: that of the table,
    // where one was kept, with its true age.
    Poller(PollerParts parts, TargetIdentity identity, settings::Sweep settings);

    // Each runs until it is cancelled; both on the polling thread.
    [[nodiscard]] Task<> run_live_lane();
    [[nodiscard]] Task<> run_full_lane();
    // --once: one full sweep; whether it was good. The picture is on the board.
    [[nodiscard]] Task<bool> run_once();

    void configure(settings::Sweep settings); // a reload
    // Beside the sessions from now on, which have lines for what it lists; null: none.
    void show(std::shared_ptr<const InventoryPicture> inventory);
    // Calls that the sweeps now running are still to make.
    [[nodiscard]] std::uint64_t reserved() const;

private:
    struct Running { // at most one sweep in each lane
        std::uint64_t planned{0};
        const SweepProgress* progress{nullptr};
    };

    [[nodiscard]] Task<> run_lane(SweepKind lane);
    [[nodiscard]] Task<bool> run_sweep(Plan plan, SweepKind lane); // false: stopped
    [[nodiscard]] Task<SweepOutcome> bounded_sweep(Plan plan, SweepProgress& progress);
    [[nodiscard]] Resolution resolve(const Unmet& unmet, const Plan& plan);
    void settle(SweepReport report, SweepOutcome outcome);
    [[nodiscard]] Task<> learn_account();
    void belongs_to(std::optional<std::string> account_id); // unless that is known
    [[nodiscard]] Situation situation();
    [[nodiscard]] std::optional<milliseconds> age_of(const std::optional<WallTime>& time) const;
    [[nodiscard]] milliseconds age_limit(SweepKind kind, const Lane& lane,
                                         milliseconds by_rhythm) const;
    void take_table(); // what it tells is the picture from here on
    void publish();    // where there is news

    PollerParts parts_;
    TargetIdentity identity_;
    settings::Sweep settings_;
    SteadyTime constructed_;
    TargetStatus status_;
    std::shared_ptr<const Picture> published_;
    History history_;
    ReadingNotes notes_;
    FailureLog failures_;
    AccountQuestion account_;
    BudgetWaits waits_;
    streams::PageReader reader_;
    std::array<Running, 2> running_; // by lane
    std::optional<Error> look_ups_failed_;
    bool look_ups_put_off_{false};
    std::shared_ptr<const state::Snapshot> snapshot_;
    std::shared_ptr<const InventoryPicture> inventory_;
};

} // namespace gls::poll
