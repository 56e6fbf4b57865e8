#include "web/shown_counts.hpp"

#include "metrics/session_families.hpp"

#include <map>

namespace gls::web {
namespace {

using streams::ExportStatus;
using streams::Status;

void add(std::optional<std::uint64_t>& sum, std::uint64_t count) {
    sum = sum.value_or(0) + count;
}

} // namespace

ShownCounts shown_counts(const poll::Pictures& pictures, WallTime now) {
    ShownCounts counts;
    std::map<std::string_view, ShownLocation> locations;
    for (const auto& from : metrics::shown_snapshots(pictures, now)) {
        if (!from.live && !from.full) continue;
        for (const auto& row : from.snapshot->locations) {
            auto& location = locations[row.location];
            location.location = row.location;
            for (std::size_t i = 0; i < row.sessions.size(); ++i) {
                if (!is_shown(from, static_cast<Status>(i), row.sessions[i])) continue;
                add(counts.statuses[i], row.sessions[i]);
                add(location.statuses[i], row.sessions[i]);
            }
            for (std::size_t i = 0; from.full && i < row.exports.size(); ++i) {
                const bool odd = static_cast<ExportStatus>(i) == ExportStatus::unknown;
                if (!odd || row.exports[i] != 0) add(location.exports[i], row.exports[i]);
            }
        }
    }
    for (auto& [name, location] : locations)
        counts.locations.push_back(std::move(location));
    return counts;
}

} // namespace gls::web
