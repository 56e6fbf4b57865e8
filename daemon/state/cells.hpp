// Sessions alike in everything that is counted share a cell. The table keeps one count for each, so
// that any sum over labels costs the number of cells and not the number of sessions. Pure.
#pragma once

#include "state/labels.hpp"
#include "streams/session.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gls::state {

struct Cell {
    LabelId stream_group{0};
    LabelId application{0};
    LabelId location{0};
    LabelId status_reason{0};
    streams::Status status{streams::Status::unknown};
    streams::ExportStatus export_status{streams::ExportStatus::none};
    friend bool operator==(const Cell&, const Cell&) = default;
};

struct CellHash {
    using is_avalanching = void;
    std::size_t operator()(const Cell& cell) const noexcept;
};

using CellId = std::uint32_t;

class Cells {
public:
    [[nodiscard]] CellId id_of(const Cell& cell); // adds it, with count 0, where it is new
    [[nodiscard]] const Cell& operator[](CellId id) const noexcept { return cells_[id]; }
    [[nodiscard]] std::uint64_t count(CellId id) const noexcept { return counts_[id]; }
    [[nodiscard]] std::size_t size() const noexcept { return cells_.size(); } // those at 0 included
    void add(CellId id) noexcept { ++counts_[id]; }
    void remove(CellId id) noexcept { --counts_[id]; }

private:
    std::vector<Cell> cells_;
    std::vector<std::uint64_t> counts_;
    boost::unordered_flat_map<Cell, CellId, CellHash> ids_;
};

} // namespace gls::state
