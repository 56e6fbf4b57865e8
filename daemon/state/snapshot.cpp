#include "state/snapshot.hpp"

#include "state/session_table.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <string_view>
#include <tuple>

namespace gls::state {
namespace {

using streams::Status;

// Rows in the making, found by the numbers of their labels and sorted by the texts in the end.
template <class Row>
class Rows {
public:
    [[nodiscard]] Row& operator[](std::uint64_t key) { return rows_[key]; }
    template <class Less>
    [[nodiscard]] std::vector<Row> sorted(Less less) && {
        std::vector<Row> sorted;
        sorted.reserve(rows_.size());
        for (auto& [key, row] : rows_)
            sorted.push_back(std::move(row));
        std::sort(sorted.begin(), sorted.end(), less);
        return sorted;
    }

private:
    boost::unordered_flat_map<std::uint64_t, Row> rows_;
};

std::uint64_t pair_of(LabelId first, LabelId second) noexcept {
    return std::uint64_t{first} << 16U | second;
}

std::uint64_t reason_key(const Cell& cell) noexcept {
    return pair_of(cell.status_reason, cell.location) << 8U |
           static_cast<std::uint64_t>(cell.status);
}

std::vector<LocationRow> locations_of(const SessionTable& table) {
    Rows<LocationRow> rows;
    for (const LabelId id : table.known().locations()) {
        LocationRow& row = rows[id];
        row.location = table.labels().location.text_of(id);
        for (std::size_t s = 0; s < streams::status_count; ++s) {
            row.oldest_created[s] = table.oldest().created(id, static_cast<Status>(s));
            row.oldest_updated[s] = table.oldest().updated(id, static_cast<Status>(s));
        }
    }
    const Cells& cells = table.cells();
    for (CellId id = 0; id < cells.size(); ++id) {
        if (cells.count(id) == 0) continue;
        LocationRow& row = rows[cells[id].location];
        row.sessions[static_cast<std::size_t>(cells[id].status)] += cells.count(id);
        row.exports[static_cast<std::size_t>(cells[id].export_status)] += cells.count(id);
    }
    return std::move(rows).sorted(
        [](const auto& a, const auto& b) { return a.location < b.location; });
}

std::vector<StreamGroupRow> stream_groups_of(const SessionTable& table) {
    Rows<StreamGroupRow> rows;
    for (const auto& [group, location] : table.known().stream_groups()) {
        StreamGroupRow& row = rows[pair_of(group, location)];
        row.stream_group = table.labels().stream_group.text_of(group);
        row.location = table.labels().location.text_of(location);
    }
    const Cells& cells = table.cells();
    for (CellId id = 0; id < cells.size(); ++id) {
        if (cells.count(id) == 0) continue;
        StreamGroupRow& row = rows[pair_of(cells[id].stream_group, cells[id].location)];
        row.sessions[static_cast<std::size_t>(cells[id].status)] += cells.count(id);
    }
    return std::move(rows).sorted([](const auto& a, const auto& b) {
        return std::tie(a.stream_group, a.location) < std::tie(b.stream_group, b.location);
    });
}

std::vector<ApplicationRow> applications_of(const SessionTable& table) {
    Rows<ApplicationRow> rows;
    for (const LabelId id : table.known().applications())
        rows[id].application = table.labels().application.text_of(id);
    const Cells& cells = table.cells();
    for (CellId id = 0; id < cells.size(); ++id) {
        if (cells.count(id) == 0) continue;
        rows[cells[id].application].sessions[static_cast<std::size_t>(cells[id].status)] +=
            cells.count(id);
    }
    return std::move(rows).sorted(
        [](const auto& a, const auto& b) { return a.application < b.application; });
}

std::vector<StatusReasonRow> status_reasons_of(const SessionTable& table) {
    Rows<StatusReasonRow> rows;
    const Cells& cells = table.cells();
    for (CellId id = 0; id < cells.size(); ++id) {
        const Cell& cell = cells[id];
        if (cells.count(id) == 0 || cell.status_reason == LabelValues::none) continue;
        StatusReasonRow& row = rows[reason_key(cell)];
        row.status = cell.status;
        row.status_reason = table.labels().status_reason.text_of(cell.status_reason);
        row.location = table.labels().location.text_of(cell.location);
        row.sessions += cells.count(id);
    }
    return std::move(rows).sorted([](const auto& a, const auto& b) {
        return std::tie(a.status, a.status_reason, a.location) <
               std::tie(b.status, b.status_reason, b.location);
    });
}

} // namespace

Snapshot snapshot_of(const SessionTable& table) {
    const Labels& labels = table.labels();
    Snapshot snapshot;
    snapshot.live_as_of = table.live_as_of();
    snapshot.full_as_of = table.full_as_of();
    snapshot.locations = locations_of(table);
    snapshot.stream_groups = stream_groups_of(table);
    snapshot.applications = applications_of(table);
    snapshot.status_reasons = status_reasons_of(table);
    snapshot.tracked_sessions = table.counts().tracked;
    snapshot.folded = {.stream_group = labels.stream_group.folded(),
                       .application = labels.application.folded(),
                       .location = labels.location.folded(),
                       .status_reason = labels.status_reason.folded()};
    snapshot.lifecycle = lifecycle_of(table);
    return snapshot;
}

} // namespace gls::state
