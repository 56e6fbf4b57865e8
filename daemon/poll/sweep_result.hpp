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

// What reading a full sweep in parts came to.
struct PartsRead {
    bool whole{false};              // everything listed has been read
    std::uint64_t stream_groups{0}; // listed
    std::optional<Error> denied{};  // not whole: a call that it takes is not allowed
    std::optional<Error> failure{}; // not whole: and the sweep is to fail
};

struct SweepOutcome {
    std::optional<Error> failure{};              // set: table and picture are as they were
    std::optional<state::Committed> committed{}; // set: they are new
    bool superseded{false};   // neither: a full sweep resolves the unmet for fewer calls
    std::uint64_t unmet{0};   // known sessions that the live chains no longer met
    std::uint64_t asked{0};   // look-ups, the one that failed among them
    std::uint64_t put_off{0}; // unmet, with those of before, and not asked about: no time for it
    std::optional<Error> look_ups_failed{}; // the sweep is good, but not all could be asked about
    std::optional<PartsRead> parts{};       // of a full sweep that was to be read in parts
};

} // namespace gls::poll
