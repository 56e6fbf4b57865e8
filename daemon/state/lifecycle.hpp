// The ledger in words: the rows of the lifecycle families, sorted, as a snapshot carries them.
// Pure.
#pragma once

#include "base/time.hpp"
#include "streams/session.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace gls::state {

struct StartedRow {
    std::string stream_group;
    std::string location;
    std::uint64_t count{0};
    friend auto operator<=>(const StartedRow&, const StartedRow&) = default;
};

struct EndedRow {
    streams::Status status{streams::Status::unknown};
    std::string status_reason;
    std::string stream_group;
    std::string location;
    std::uint64_t count{0};
    friend auto operator<=>(const EndedRow&, const EndedRow&) = default;
};

struct MovedRow {
    streams::Status from{streams::Status::unknown};
    streams::Status to{streams::Status::unknown};
    std::uint64_t count{0};
    friend auto operator<=>(const MovedRow&, const MovedRow&) = default;
};

struct ExportsRow {
    streams::ExportStatus status{streams::ExportStatus::none};
    std::string location;
    std::uint64_t count{0};
    friend auto operator<=>(const ExportsRow&, const ExportsRow&) = default;
};

struct TimesRow {
    std::string location;
    std::vector<std::uint64_t> buckets; // one above the bounds too; not cumulative
    std::uint64_t sum_ms{0};
    friend auto operator<=>(const TimesRow&, const TimesRow&) = default;
};

struct Lifecycle {
    WallTime since{}; // the birth of the state, when every counter was 0
    std::vector<StartedRow> started;
    std::vector<EndedRow> ended;
    std::vector<MovedRow> moved;
    std::vector<ExportsRow> exports;
    std::vector<TimesRow> durations;
    std::vector<TimesRow> activations;
};

class SessionTable;
// Costs the number of series.
[[nodiscard]] Lifecycle lifecycle_of(const SessionTable& table);

} // namespace gls::state
