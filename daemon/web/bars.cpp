#include "web/bars.hpp"

#include "web/html.hpp"

#include <algorithm>
#include <utility>

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

// Of the live statuses or of the others that are shown; none where none is.
std::optional<std::uint64_t> sum_of(const ShownStatuses& statuses, bool live) {
    std::optional<std::uint64_t> sum;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const auto status = static_cast<Status>(i);
        if (streams::is_live(status) == live && status != Status::unknown && statuses[i])
            sum = sum.value_or(0) + *statuses[i];
    }
    return sum;
}

std::string count_html(std::optional<std::uint64_t> count) {
    return count ? number_html(*count) : "–";
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

// Where a long name may be broken.
std::string breakable(std::string_view name) {
    std::string html;
    for (const char c : name) {
        html += c;
        if (c == '_') html += "<wbr>";
    }
    return html;
}

// Live ones and ended ones have a scale each: AWS keeps the ended ones for weeks, and their bars
// would leave nothing of the others'.
std::string status_table(const ShownStatuses& statuses, bool live, std::string head) {
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        if (streams::is_live(static_cast<Status>(i)) == live)
            most = std::max(most, statuses[i].value_or(0));
    }
    Table table{{std::move(head), "Sessions", ""}, {"", "number", "bar"}, {}, "statuses"};
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const auto status = static_cast<Status>(i);
        const auto& count = statuses[i];
        if (streams::is_live(status) != live || (!count && status == Status::unknown)) continue;
        table.rows.push_back(
            {breakable(streams::text_of(status)), count_html(count),
             bar(count ? segment(status, *count, 0, width_of(*count, most)) : std::string{})});
    }
    return table_html(table);
}

} // namespace

std::string status_bars(const ShownCounts& counts) {
    if (counts.empty()) return std::string{nothing};
    const bool odd = counts.statuses[static_cast<std::size_t>(Status::unknown)].has_value();
    return "<p class=\"totals\">" + count_html(sum_of(counts.statuses, true)) + " live, " +
           count_html(sum_of(counts.statuses, false)) + " ended</p>\n" +
           status_table(counts.statuses, true, "Live") +
           status_table(counts.statuses, false, odd ? "Ended, or unknown" : "Ended");
}

std::string location_bars(const ShownCounts& counts) {
    if (counts.empty()) return std::string{nothing};
    const auto live_of = [](const auto& each) { return sum_of(each.statuses, true).value_or(0); };
    auto locations = counts.locations;
    std::ranges::stable_sort(locations, std::greater{}, live_of);
    const auto most = live_of(locations.front());
    Table table{
        {"Location", "Live", "Ended", ""}, {"", "number", "number", "bar"}, {}, "locations"};
    for (const auto& each : locations) {
        table.rows.push_back({escaped(each.location), count_html(sum_of(each.statuses, true)),
                              count_html(sum_of(each.statuses, false)),
                              bar(live_segments(each.statuses, most))});
    }
    return table_html(table);
}

} // namespace gls::web
