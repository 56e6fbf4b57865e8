// The counts of one target at the end of a sweep: immutable, sorted, and all that a scrape needs.
// Pure. A part that no complete sweep has established yet is absent, never zero.
#pragma once

#include "base/time.hpp"
#include "state/lifecycle.hpp"
#include "streams/session.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gls::state {

using StatusCounts = std::array<std::uint64_t, streams::status_count>;
using ExportCounts = std::array<std::uint64_t, streams::export_status_count>;

struct LocationRow {
    std::string location;
    StatusCounts sessions{};
    ExportCounts exports{};
    std::array<std::optional<WallTime>, streams::status_count> oldest_created{};
    std::array<std::optional<WallTime>, streams::status_count> oldest_updated{};
};

struct StreamGroupRow {
    std::string stream_group;
    std::string location;
    StatusCounts sessions{};
};

struct ApplicationRow {
    std::string application;
    StatusCounts sessions{};
};

struct StatusReasonRow {
    streams::Status status{streams::Status::unknown};
    std::string status_reason;
    std::string location;
    std::uint64_t sessions{0};
};

// Distinct values of each label that are summed under "other".
struct FoldedValues {
    std::uint64_t stream_group{0};
    std::uint64_t application{0};
    std::uint64_t location{0};
    std::uint64_t status_reason{0};
};

struct Snapshot {
    std::optional<WallTime>
        live_as_of; // first call of the sweep that made the live counts; none: not yet
    std::optional<WallTime> full_as_of; // likewise for ended sessions and exports
    std::vector<LocationRow> locations; // each vector sorted by its labels
    std::vector<StreamGroupRow> stream_groups;
    std::vector<ApplicationRow> applications;
    std::vector<StatusReasonRow> status_reasons; // sessions without a reason are left out
    std::uint64_t tracked_sessions{0};           // listed and counted
    FoldedValues folded;
    Lifecycle lifecycle; // since the birth of the state
};

class SessionTable;
// Costs the number of cells, not of sessions.
[[nodiscard]] Snapshot snapshot_of(const SessionTable& table);

} // namespace gls::state
