#include "state/group_sizes.hpp"

#include <algorithm>
#include <map>

namespace gls::state {

std::vector<GroupSize> group_sizes(const SessionTable& table) {
    std::map<LabelId, std::uint64_t> by_label;
    const Cells& cells = table.cells();
    for (CellId id = 0; id < cells.size(); ++id) {
        if (cells.count(id) > 0) by_label[cells[id].stream_group] += cells.count(id);
    }
    std::vector<GroupSize> sizes;
    sizes.reserve(by_label.size());
    for (const auto& [label, sessions] : by_label)
        sizes.push_back({std::string{table.labels().stream_group.text_of(label)}, sessions});
    std::ranges::sort(sizes, [](const GroupSize& a, const GroupSize& b) {
        return a.sessions != b.sessions ? a.sessions > b.sessions : a.stream_group < b.stream_group;
    });
    return sizes;
}

} // namespace gls::state
