// The third lane of a target: its stream groups and applications, once in every inventory interval.
// It shares pace and budget with the sweeps and nothing else: what fails here is counted and said,
// and touches neither sweeps nor `up` nor readiness.
#pragma once

#include "aws/call.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/task.hpp"
#include "poll/failure_log.hpp"
#include "poll/poller.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gls::poll {

// What the decision rests on.
struct InventorySituation {
    milliseconds interval{0};         // 0: off
    std::optional<SteadyTime> begun;  // of the last reading, failed ones included
    std::optional<SteadyTime> ended;  // likewise
    unsigned failures{0};             // in a row, until now
    std::uint64_t calls{0};           // that a reading takes
    std::optional<BudgetLeft> budget; // none: no budget
};

struct InventoryStep {
    bool start{false};
    milliseconds wait{0};     // else: how long until the next look
    milliseconds interval{0}; // in force, the budget's stretch included
};

// Pure. With a budget, readings together keep to a quarter of what is left of the day, so that the
// sweeps have the rest; one that would not fit waits. A failed one is tried again sooner than in an
// interval, unless the budget has stretched that.
[[nodiscard]] InventoryStep next_inventory(const InventorySituation& situation, SteadyTime now);

// Hears of each reading that failed; implemented by metrics.
class InventoryObserver {
public:
    virtual ~InventoryObserver() = default;
    virtual void inventory_failed(std::string_view reason) = 0;
};

// All of them outlive the lane's task.
struct InventoryParts {
    aws::Api& api;
    Budget& budget;
    Poller& poller; // shows what is read
    InventoryObserver& observer;
    Clock& clock;
    Log& log;
};

class InventoryLane {
public:
    InventoryLane(InventoryParts parts, std::string target, milliseconds interval);

    [[nodiscard]] Task<> run();            // until it is cancelled, on the polling thread
    void configure(milliseconds interval); // a reload; 0 takes away what is shown

private:
    [[nodiscard]] InventorySituation situation() const;
    [[nodiscard]] Task<bool> read(milliseconds interval); // false: stopped
    void show(std::shared_ptr<const InventoryPicture> picture);

    InventoryParts parts_;
    milliseconds interval_;
    FailureLog failures_;
    std::optional<SteadyTime> begun_, ended_;
    unsigned failed_in_a_row_{0};
    // Of a reading, as the last good one tells. One that takes longer than the interval cannot come
    // in every interval, so its age is measured against what it took.
    std::uint64_t calls_;
    milliseconds took_{0};
    std::shared_ptr<const InventoryPicture> shown_;
};

} // namespace gls::poll
