#include "state/known_labels.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>

namespace gls::state {
namespace {

std::uint32_t pair_of(LabelId stream_group, LabelId location) noexcept {
    return std::uint32_t{stream_group} << 16U | location;
}

} // namespace

// Absent at two full sweeps in a row means absent for the whole time between them.
void KnownLabels::age(Ids& ids, bool full) {
    erase_if(ids, [full](auto& known) {
        if (known.second == Presence::present || !full) return false;
        if (known.second == Presence::absent_at_last_full) return true;
        known.second = Presence::absent_at_last_full;
        return false;
    });
}

void KnownLabels::update(const Cells& cells, std::span<const Row> expected, bool full) {
    for (Ids* const ids : {&locations_, &applications_, &stream_groups_}) {
        for (auto& known : *ids) {
            if (known.second == Presence::present) known.second = Presence::absent;
        }
    }
    for (CellId id = 0; id < cells.size(); ++id) {
        if (cells.count(id) == 0) continue;
        const Cell& cell = cells[id];
        locations_[cell.location] = Presence::present;
        applications_[cell.application] = Presence::present;
        stream_groups_[pair_of(cell.stream_group, cell.location)] = Presence::present;
    }
    for (const Row& row : expected)
        add(row);
    for (Ids* const ids : {&locations_, &applications_, &stream_groups_})
        age(*ids, full);
}

std::vector<KnownLabels::Row> KnownLabels::rows() const {
    std::vector<Row> rows;
    for (const auto& [value, presence] : locations_)
        rows.push_back({Kind::location, value, presence});
    for (const auto& [value, presence] : applications_)
        rows.push_back({Kind::application, value, presence});
    for (const auto& [value, presence] : stream_groups_)
        rows.push_back({Kind::stream_group, value, presence});
    std::ranges::sort(rows);
    return rows;
}

void KnownLabels::add(const Row& row) {
    Ids& ids = row.kind == Kind::location      ? locations_
               : row.kind == Kind::application ? applications_
                                               : stream_groups_;
    ids[row.value] = row.presence;
}

std::vector<LabelId> KnownLabels::locations() const {
    std::vector<LabelId> all;
    for (const auto& [id, presence] : locations_)
        all.push_back(static_cast<LabelId>(id));
    return all;
}

std::vector<LabelId> KnownLabels::applications() const {
    std::vector<LabelId> all;
    for (const auto& [id, presence] : applications_)
        all.push_back(static_cast<LabelId>(id));
    return all;
}

std::vector<KnownLabels::GroupLocation> KnownLabels::stream_groups() const {
    std::vector<GroupLocation> all;
    for (const auto& [pair, presence] : stream_groups_)
        all.push_back({static_cast<LabelId>(pair >> 16U), static_cast<LabelId>(pair & 0xFFFFU)});
    return all;
}

} // namespace gls::state
