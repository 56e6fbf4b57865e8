#include "state/ledger.hpp"

#include <algorithm>

namespace gls::state {
namespace {

using streams::ExportStatus;
using streams::Status;

// The moves of AWS's model; others are counted where they are seen.
constexpr std::array<std::pair<Status, Status>, 14> moves{{
    {Status::activating, Status::active},
    {Status::activating, Status::error},
    {Status::activating, Status::terminating},
    {Status::active, Status::connected},
    {Status::active, Status::terminating},
    {Status::connected, Status::pending_client_reconnection},
    {Status::connected, Status::terminating},
    {Status::pending_client_reconnection, Status::reconnecting},
    {Status::pending_client_reconnection, Status::terminating},
    {Status::reconnecting, Status::connected},
    {Status::reconnecting, Status::pending_client_reconnection},
    {Status::reconnecting, Status::terminating},
    {Status::terminating, Status::terminated},
    {Status::terminating, Status::error},
}};

std::uint8_t number(Status status) noexcept {
    return static_cast<std::uint8_t>(status);
}

Series ended_series(const Cell& cell) {
    return {.counter = Counter::ended,
            .status = number(cell.status),
            .status_reason = cell.status_reason,
            .stream_group = cell.stream_group,
            .location = cell.location};
}

Series export_series(ExportStatus status, LabelId location) {
    return {.counter = Counter::export_finished,
            .status = static_cast<std::uint8_t>(status),
            .location = location};
}

} // namespace

std::uint64_t number_of(const Series& series) noexcept {
    return std::uint64_t{static_cast<std::uint8_t>(series.counter)} << 60U |
           std::uint64_t{series.bucket} << 56U |
           std::uint64_t{static_cast<std::uint8_t>(series.from)} << 52U |
           std::uint64_t{series.status} << 48U | std::uint64_t{series.status_reason} << 32U |
           std::uint64_t{series.stream_group} << 16U | series.location;
}

Series series_of(std::uint64_t number) noexcept {
    return {.counter = static_cast<Counter>(number >> 60U),
            .bucket = static_cast<std::uint8_t>(number >> 56U & 15U),
            .from = static_cast<Status>(number >> 52U & 15U),
            .status = static_cast<std::uint8_t>(number >> 48U & 15U),
            .status_reason = static_cast<LabelId>(number >> 32U),
            .stream_group = static_cast<LabelId>(number >> 16U),
            .location = static_cast<LabelId>(number)};
}

std::uint64_t Ledger::value(const Series& series) const noexcept {
    const auto found = values_.find(number_of(series));
    return found == values_.end() ? 0 : found->second;
}

// AWS's own timestamps, not the moments at which we looked; where one is missing or they run
// backwards there is nothing to observe.
void Ledger::observe(Counter bucket, Counter sum, std::span<const double> bounds,
                     const Event& event) {
    if (!event.created_at || !event.updated_at || *event.updated_at < *event.created_at) return;
    const auto took = (*event.updated_at - *event.created_at).count();
    const auto place = std::ranges::lower_bound(bounds, static_cast<double>(took) / 1000.0);
    const auto at = static_cast<std::uint8_t>(place - bounds.begin());
    add({.counter = bucket, .bucket = at, .location = event.cell.location}, 1);
    add({.counter = sum, .location = event.cell.location}, static_cast<std::uint64_t>(took));
}

void Ledger::record(std::span<const Event> events) {
    for (const Event& event : events) {
        const Cell& cell = event.cell;
        switch (event.kind) {
        case EventKind::started:
            add({.counter = Counter::started,
                 .stream_group = cell.stream_group,
                 .location = cell.location},
                1);
            break;
        case EventKind::activated:
            observe(Counter::activation, Counter::activation_sum, activation_bounds, event);
            break;
        case EventKind::moved:
            add({.counter = Counter::moved, .from = event.from, .status = number(cell.status)}, 1);
            break;
        case EventKind::ended:
            add(ended_series(cell), 1);
            observe(Counter::duration, Counter::duration_sum, duration_bounds, event);
            break;
        case EventKind::export_finished:
            add(export_series(cell.export_status, cell.location), 1);
            break;
        }
    }
}

void Ledger::foresee(const KnownLabels& known, std::span<const Reason> reasons) {
    for (const auto& [from, to] : moves)
        begin({.counter = Counter::moved, .from = from, .status = number(to)});
    for (const LabelId location : known.locations()) {
        begin(export_series(ExportStatus::succeeded, location));
        begin(export_series(ExportStatus::failed, location));
        begin({.counter = Counter::duration_sum, .location = location});
        begin({.counter = Counter::activation_sum, .location = location});
    }
    for (const auto& [group, location] : known.stream_groups()) {
        begin({.counter = Counter::started, .stream_group = group, .location = location});
        for (const Reason& reason : reasons) {
            begin({.counter = Counter::ended,
                   .status = number(reason.status),
                   .status_reason = reason.id,
                   .stream_group = group,
                   .location = location});
        }
    }
}

} // namespace gls::state
