// Everything that one target needs, in the order of its data: budget and gate, calls, table,
// poller, and the tasks that keep it going.
#pragma once

#include "app/aws_target.hpp"
#include "async/task_group.hpp"
#include "metrics/own.hpp"
#include "poll/inventory_lane.hpp"
#include "poll/keeping.hpp"
#include "poll/poller.hpp"
#include "settings/settings.hpp"
#include "state/file/state_file.hpp"
#include "state/session_table.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace gls::app {

// App's; they outlive the target.
struct WatchParts {
    AwsCommon& aws;
    poll::Board& board;
    metrics::Own& own;
    std::function<void()> published;        // after each change of the board, on the polling thread
    state::file::StateFile* state{nullptr}; // null: memory only
};

// What is known of a target when it begins.
struct Memory {
    state::SessionTable table;
    std::unique_ptr<state::file::TargetRecord> record; // null: there is no state file, or what it
                                                       // has of this target cannot be read
    state::CallsSpent spent{};                         // of the day, as this process has seen it
};
[[nodiscard]] Result<Memory> recall(const WatchParts& parts, const settings::Settings& settings,
                                    const poll::TargetIdentity& identity);
// Without the state file.
[[nodiscard]] Memory blank(const WatchParts& parts, const settings::Settings& settings);

class WatchedTarget {
public:
    // `target` is one of the settings'. `identity` is its own, and on the board already.
    WatchedTarget(const WatchParts& parts, const settings::Settings& settings,
                  const settings::Target& target, poll::TargetIdentity identity, Memory memory);

    void start();                                                        // the lanes
    void start_once();                                                   // --once: one full sweep
    [[nodiscard]] bool went_well() const noexcept { return went_well_; } // of start_once()
    void configure(const settings::Settings& settings);                  // all but the targets

    void cancel();
    [[nodiscard]] Task<bool> ended(); // false: cancelled
    [[nodiscard]] std::size_t running() const { return tasks_.running(); }

    [[nodiscard]] const settings::Target& settings() const noexcept { return settings_; }
    [[nodiscard]] const state::CallsSpent& spent() const noexcept { return budget_.spent(); }
    // As labels have it, whatever has been found out since.
    [[nodiscard]] const poll::TargetIdentity& identity() const noexcept { return identity_; }

private:
    [[nodiscard]] Task<> run_once();

    settings::Target settings_; // as the file has it
    poll::TargetIdentity identity_;
    std::shared_ptr<metrics::TargetCounters>
        counters_;                           // what scrapes are told of its calls and sweeps
    poll::Budget budget_;                    // how many calls the day has left
    state::SessionTable table_;              // what is known from the answers
    std::unique_ptr<poll::Keeping> keeping_; // and outlives the process; null: nothing does
    poll::Gate gate_;                        // when the next call may go
    AwsTarget aws_;                          // how it goes
    poll::Poller poller_;                    // what to ask next
    poll::InventoryLane inventory_;          // and now and then of groups and applications
    bool went_well_{false};
    TaskGroup tasks_;
};

// Before anything is known: the names, and the account where a role tells it. The name falls back
// to the region, then to "default". `region`: as AwsCommon finds it.
[[nodiscard]] poll::TargetIdentity identity_of(const settings::Target& target, std::string region);

} // namespace gls::app
