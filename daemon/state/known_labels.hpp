// Which locations, stream groups and applications have lines, zeros included: from the inventory or
// the first session counted there, until neither has told of it for one whole full sweep. Pure.
#pragma once

#include "state/cells.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace gls::state {

class KnownLabels {
public:
    struct GroupLocation {
        LabelId stream_group{0};
        LabelId location{0};
    };

    // All of it, as plain rows in order, for whoever keeps it; and back.
    enum class Kind : std::uint8_t { location, application, stream_group };
    enum class Presence : std::uint8_t { present, absent, absent_at_last_full };
    struct Row {
        Kind kind{Kind::location};
        std::uint32_t value{0}; // a label id; of stream groups: group << 16 | location
        Presence presence{Presence::present};
        friend auto operator<=>(const Row&, const Row&) = default;
    };
    [[nodiscard]] std::vector<Row> rows() const;
    void add(const Row& row);

    // After every commit; a full one ages what neither has a session any more nor is expected.
    void update(const Cells& cells, std::span<const Row> expected, bool full);

    [[nodiscard]] std::vector<LabelId> locations() const;
    [[nodiscard]] std::vector<LabelId> applications() const;
    [[nodiscard]] std::vector<GroupLocation> stream_groups() const;

private:
    using Ids = boost::unordered_flat_map<std::uint32_t, Presence>;

    static void age(Ids& ids, bool full);

    Ids locations_;
    Ids applications_;
    Ids stream_groups_; // group << 16 | location
};

} // namespace gls::state
