// One sweep: a plan carried out against AWS into the session table, whole or not at all. The live
// chains run one after another (poll/cost.hpp says why in that order); then come pending exports,
// and last what was known but not met.
#pragma once

#include "aws/call.hpp"
#include "base/clock.hpp"
#include "base/task.hpp"
#include "poll/keeping.hpp"
#include "poll/plan.hpp"
#include "poll/readings.hpp"
#include "poll/sweep_result.hpp"
#include "state/session_table.hpp"
#include "streams/page_json.hpp"

namespace gls::poll {

// All of them App's, or the poller's that calls.
struct SweepParts {
    aws::Api& api;
    Clock& clock;
    state::SessionTable& table;
    streams::PageReader& reader;
    ReadingNotes& notes;
    Keeping* keeping{nullptr}; // memory only
};

// `may_widen`: a full sweep may follow at once in place of many look-ups.
[[nodiscard]] Task<SweepOutcome> sweep(SweepParts parts, Plan plan, Fleet fleet, bool may_widen,
                                       SweepProgress& progress);

} // namespace gls::poll
