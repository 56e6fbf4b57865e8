#include "state/cells.hpp"

namespace gls::state {

std::size_t CellHash::operator()(const Cell& cell) const noexcept {
    const std::uint64_t labels =
        std::uint64_t{cell.stream_group} | std::uint64_t{cell.application} << 16U |
        std::uint64_t{cell.location} << 32U | std::uint64_t{cell.status_reason} << 48U;
    const std::uint64_t statuses = static_cast<std::uint64_t>(cell.status) << 8U |
                                   static_cast<std::uint64_t>(cell.export_status);
    // Two odd factors and a shift between: labels are small numbers, the map wants high bits as
    // well.
    std::uint64_t hash = (labels ^ statuses << 40U ^ statuses) * 0x9e3779b97f4a7c15U;
    hash = (hash ^ hash >> 32U) * 0xd6e8feb86659fd93U;
    return static_cast<std::size_t>(hash ^ hash >> 32U);
}

CellId Cells::id_of(const Cell& cell) {
    const auto [place, is_new] = ids_.try_emplace(cell, static_cast<CellId>(cells_.size()));
    if (is_new) {
        cells_.push_back(cell);
        counts_.push_back(0);
    }
    return place->second;
}

} // namespace gls::state
