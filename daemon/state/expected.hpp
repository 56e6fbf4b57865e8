// What is there to be used, as the inventory tells: stream groups with their locations, and
// applications. They have lines, zeros included, before their first session. Pure.
#pragma once

#include "state/known_labels.hpp"
#include "state/labels.hpp"
#include "streams/inventory.hpp"

#include <string>
#include <utility>
#include <vector>

namespace gls::state {

class Expected {
public:
    void take(const streams::Inventory& inventory); // in place of the one before
    // Those that have a label of their own or can still get one: nothing is folded for what may
    // never have a session.
    [[nodiscard]] std::vector<KnownLabels::Row> rows(Labels& labels) const;

private:
    std::vector<std::pair<std::string, std::string>> stream_groups_; // and location
    std::vector<std::string> applications_;
};

} // namespace gls::state
