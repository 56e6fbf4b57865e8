// What happened to a session between two commits, as an observer at the committed sweeps sees it.
// Labels are those of the table, folded as there. Pure.
#pragma once

#include "base/time.hpp"
#include "state/cells.hpp"
#include "streams/session.hpp"

#include <cstdint>
#include <optional>

namespace gls::state {

enum class EventKind : std::uint8_t {
    started,   // met for the first time, and not as baseline
    activated, // seen ACTIVE for the first time: updated_at - created_at is the activation time
    moved,     // from -> cell.status, ends included
    ended,     // once in a session's life: updated_at - created_at is its duration
    export_finished, // once in a session's life: cell.export_status tells how
};

struct Event {
    EventKind kind{EventKind::started};
    streams::Status from{streams::Status::unknown}; // for moved
    Cell cell{};                                    // as it is now
    std::optional<WallTime> created_at{};
    std::optional<WallTime> updated_at{};
};

} // namespace gls::state
