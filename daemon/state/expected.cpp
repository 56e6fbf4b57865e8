#include "state/expected.hpp"

namespace gls::state {

void Expected::take(const streams::Inventory& inventory) {
    stream_groups_.clear();
    applications_.clear();
    for (const auto& group : inventory.stream_groups) {
        for (const auto& place : group.locations)
            stream_groups_.emplace_back(group.id, place.location);
    }
    for (const auto& application : inventory.applications)
        applications_.push_back(application.id);
}

std::vector<KnownLabels::Row> Expected::rows(Labels& labels) const {
    using Kind = KnownLabels::Kind;
    std::vector<KnownLabels::Row> rows;
    for (const auto& [group, location] : stream_groups_) {
        if (!labels.stream_group.takes(group) || !labels.location.takes(location)) continue;
        const LabelId place = labels.location.id_of(location);
        const std::uint32_t pair = std::uint32_t{labels.stream_group.id_of(group)} << 16U | place;
        rows.push_back({.kind = Kind::location, .value = place});
        rows.push_back({.kind = Kind::stream_group, .value = pair});
    }
    for (const auto& application : applications_) {
        if (!labels.application.takes(application)) continue;
        rows.push_back({.kind = Kind::application, .value = labels.application.id_of(application)});
    }
    return rows;
}

} // namespace gls::state
