// What the sweeps of one target have taught so far, as the planner wants to know it. Pure.
#pragma once

#include "poll/plan.hpp"
#include "poll/sweep_result.hpp"
#include "state/group_sizes.hpp"
#include "state/session_table.hpp"

#include <optional>
#include <vector>

namespace gls::poll {

class History {
public:
    // A full sweep in the live lane stands in for a live one; what it teaches counts in both lanes.
    void begun(SweepKind kind, SweepKind lane, SteadyTime now);
    // A live sweep knows so many that it has not met.
    void to_look_up(std::uint64_t sessions) noexcept { fleet_.to_look_up = sessions; }
    // Before its interval is over.
    void full_is_due() noexcept { full_.due = true; }
    void ended(SweepKind kind, SweepKind lane, const SweepOutcome& outcome,
               const SweepProgress& progress, const state::TableCounts& counts, SteadyTime now);

    // How the listed sessions are spread over stream groups, after a full sweep.
    void spread(const std::vector<state::GroupSize>& groups);

    [[nodiscard]] const Fleet& fleet() const noexcept { return fleet_; }
    void into(Situation& situation) const; // fleet, lanes and quiet
    // From a state that was kept: the fleet is known before the first sweep, and the full one is
    // due when it would have been. `full_age` none: there was none yet; below zero, as after a
    // clock was set back: due now.
    void recalled(const state::TableCounts& counts, std::optional<milliseconds> full_age,
                  SteadyTime now);

private:
    void learn_latency(SweepKind kind, const SweepProgress& progress);
    void learn_costs(SweepKind kind, const SweepProgress& progress);
    void learn_from_parts(const std::optional<PartsRead>& parts);
    void learn_departures(SweepKind kind, const SweepOutcome& outcome, SteadyTime now);
    void take_counts(const state::TableCounts& counts);

    Fleet fleet_;
    bool latency_of_full_{false};
    unsigned splits_in_a_row_{0};
    unsigned live_sweep_failures_{0};
    unsigned quiet_sweeps_{0};
    bool look_ups_in_doubt_{false};
    Lane live_;
    Lane full_;
    std::optional<SteadyTime> departures_since_; // start of the last good sweep of the live lane
    bool departures_known_{false};
};

} // namespace gls::poll
