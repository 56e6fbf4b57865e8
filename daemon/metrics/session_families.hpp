// The families that count sessions, from the snapshots of all targets. Pure.
#pragma once

#include "metrics/writer.hpp"
#include "poll/board.hpp"
#include "settings/settings.hpp"

#include <vector>

namespace gls::metrics {

// What may be shown of one target's snapshot at this instant.
struct ShownSnapshot {
    const state::Snapshot* snapshot;
    std::string labels; // account_labels()
    bool live;          // the live counts are established and within their age
    bool full;          // likewise those of ended sessions and exports
};

// Targets whose account is not known yet are left out: their series would change identity.
[[nodiscard]] std::vector<ShownSnapshot> shown_snapshots(const poll::Pictures& pictures,
                                                         WallTime now);

[[nodiscard]] bool is_shown(const ShownSnapshot& from, streams::Status status,
                            std::uint64_t count) noexcept;

void write_session_families(Writer& writer, const std::vector<ShownSnapshot>& shown,
                            const settings::Metrics& metrics);

} // namespace gls::metrics
