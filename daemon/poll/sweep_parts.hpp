// What every part of a sweep works with.
#pragma once

#include "aws/call.hpp"
#include "base/clock.hpp"
#include "poll/keeping.hpp"
#include "poll/readings.hpp"
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

} // namespace gls::poll
