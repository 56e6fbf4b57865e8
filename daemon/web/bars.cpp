#include "web/bars.hpp"

#include "web/html.hpp"

#include <algorithm>

namespace gls::web {
namespace {

using streams::Status;

constexpr std::string_view nothing{
    "<p class=\"quiet\">No counts yet, or none recent enough to show.</p>"};
constexpr std::uint64_t full_width = 1000;

std::uint64_t width_of(std::uint64_t count, std::uint64_t most) {
    return most == 0 ? 0 : (count * full_width + most - 1) / most; // at least 1 where there is any
}

std::string segment(Status status, std::uint64_t count, std::uint64_t from, std::uint64_t width) {
    if (width == 0) return {};
    const std::string name{streams::text_of(status)};
    return "<rect class=\"" + name + "\" x=\"" + std::to_string(from) + "\" width=\"" +
           std::to_string(width) + "\" height=\"10\"><title>" + name + " " + std::to_string(count) +
           "</title></rect>";
}

std::string bar(const std::string& segments) {
    return "<svg viewBox=\"0 0 " + std::to_string(full_width) +
           " 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" + segments + "</svg>";
}

std::uint64_t live_of(const ShownStatuses& statuses) {
    std::uint64_t live = 0;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        if (streams::is_live(static_cast<Status>(i))) live += statuses[i].value_or(0);
    }
    return live;
}

std::string ended_of(const ShownStatuses& statuses) {
    const auto& terminated = statuses[static_cast<std::size_t>(Status::terminated)];
    const auto& failed = statuses[static_cast<std::size_t>(Status::error)];
    if (!terminated && !failed) return "–";
    return number_html(terminated.value_or(0) + failed.value_or(0));
}

std::string live_segments(const ShownStatuses& statuses, std::uint64_t most) {
    std::string segments;
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const auto status = static_cast<Status>(i);
        if (!streams::is_live(status)) continue;
        const auto count = statuses[i].value_or(0);
        const auto width = width_of(count, most);
        segments += segment(status, count, at, width);
        at += width;
    }
    return segments;
}

} // namespace

std::string status_bars(const ShownCounts& counts) {
    if (counts.empty()) return std::string{nothing};
    std::uint64_t most = 0;
    for (const auto& count : counts.statuses)
        most = std::max(most, count.value_or(0));
    Table table{{"Status", "Sessions", ""}, {"", "number", "bar"}, {}};
    for (std::size_t i = 0; i < counts.statuses.size(); ++i) {
        const auto status = static_cast<Status>(i);
        const auto& count = counts.statuses[i];
        if (!count && status == Status::unknown) continue;
        table.rows.push_back(
            {std::string{streams::text_of(status)}, count ? number_html(*count) : "–",
             bar(count ? segment(status, *count, 0, width_of(*count, most)) : std::string{})});
    }
    return table_html(table);
}

std::string location_bars(const ShownCounts& counts) {
    if (counts.empty()) return std::string{nothing};
    auto locations = counts.locations;
    std::ranges::stable_sort(locations, std::greater{},
                             [](const auto& each) { return live_of(each.statuses); });
    const auto most = live_of(locations.front().statuses);
    Table table{{"Location", "Live", "Ended", ""}, {"", "number", "number", "bar"}, {}};
    for (const auto& [location, statuses, exports] : locations) {
        table.rows.push_back({escaped(location), number_html(live_of(statuses)), ended_of(statuses),
                              bar(live_segments(statuses, most))});
    }
    return "<div class=\"tall\">" + table_html(table) + "</div>";
}

} // namespace gls::web
