// What a sweep did, as plain values.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "state/session_table.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

// Grows while the sweep runs, so that what it has spent is known at any time, and if it is cut
// short.
struct SweepProgress {
    std::uint64_t pages{0};
    std::uint64_t sessions{0}; // items, those met twice included
    std::uint64_t calls{0};    // attempts, retries included
    milliseconds in_flight{0}; // of the pages' requests, waits apart
};

struct SweepOutcome {
    std::optional<Error> failure{};              // set: table and picture are as they were
    std::optional<state::Committed> committed{}; // set: they are new
    bool superseded{false}; // neither: a full sweep resolves the unmet for fewer calls
    std::uint64_t unmet{0}; // known sessions that the live chains no longer met
    std::optional<Error> look_ups_denied{}; // the sweep is good, but nobody could be asked about
    bool split{false};                      // read in parts
    std::optional<Error> split_denied{};    // and this is why it was not
};

} // namespace gls::poll
