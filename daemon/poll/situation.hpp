// All that the planner decides by.
#pragma once

#include "base/time.hpp"
#include "poll/cost.hpp"
#include "poll/target_status.hpp"
#include "settings/settings.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

struct BudgetLeft {
    std::uint64_t calls{0};      // of this UTC day, less what runs is still to spend
    milliseconds until_reset{0}; // to the next UTC midnight
    std::uint64_t per_day{0};
};

// One kind of sweep: when it last ran, and whether it does now.
struct Lane {
    std::optional<SteadyTime> started; // the latest one's first call
    std::optional<SteadyTime> ended;   // the latest one's end; none while the first is running
    milliseconds began_ago{0};         // the latest one
    milliseconds took{0};              // the last good one; 0: not known, or long past
    unsigned failures{0};              // in a row; in the live lane of either kind
    bool running{false};
    bool due{false}; // at once, unless the last one failed
};

struct Situation {
    settings::Sweep sweep;
    double requests_per_second{5};    // of the account's list, in force
    double group_lists_per_second{5}; // of the lists of stream groups
    double look_ups_per_second{5};
    double burst{10}; // calls of each that a pause saves up
    Fleet fleet;
    unsigned live_sweep_failures{0};  // in a row, of sweeps of that kind alone
    unsigned quiet_sweeps{0};         // in a row that met no live session and no change
    bool look_ups_in_doubt{false};    // live sweeps kept failing, or the last one's look-ups did
    std::optional<BudgetLeft> budget; // none: no budget set
    Lane live;                        // a full sweep that stands in for a live one counts in both
    Lane full;
};

} // namespace gls::poll
