#include "metrics/session_families.hpp"

#include "metrics/target_labels.hpp"

#include <algorithm>

namespace gls::metrics {
namespace {

using state::StatusCounts;
using streams::ExportStatus;
using streams::Status;

template <class Write>
void each_status(const ShownSnapshot& from, const StatusCounts& counts, Write write) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto status = static_cast<Status>(i);
        if (is_shown(from, status, counts[i])) {
            write(streams::text_of(status), static_cast<double>(counts[i]));
        }
    }
}

void write_sessions(Writer& writer, const ShownSnapshot& from) {
    for (const auto& row : from.snapshot->locations) {
        each_status(from, row.sessions, [&](std::string_view status, double count) {
            writer.sample(from.labels, {{"status", status}, {"location", row.location}}, count);
        });
    }
}

void write_exports(Writer& writer, const ShownSnapshot& from) {
    if (!from.full) return;
    for (const auto& row : from.snapshot->locations) {
        for (std::size_t i = 0; i < row.exports.size(); ++i) {
            const auto status = static_cast<ExportStatus>(i);
            if (status == ExportStatus::unknown && row.exports[i] == 0) continue;
            writer.sample(from.labels,
                          {{"export_status", streams::text_of(status)}, {"location", row.location}},
                          static_cast<double>(row.exports[i]));
        }
    }
}

void write_stream_groups(Writer& writer, const ShownSnapshot& from) {
    for (const auto& row : from.snapshot->stream_groups) {
        each_status(from, row.sessions, [&](std::string_view status, double count) {
            writer.sample(from.labels,
                          {{"stream_group", row.stream_group},
                           {"status", status},
                           {"location", row.location}},
                          count);
        });
    }
}

void write_applications(Writer& writer, const ShownSnapshot& from) {
    for (const auto& row : from.snapshot->applications) {
        each_status(from, row.sessions, [&](std::string_view status, double count) {
            writer.sample(from.labels, {{"application", row.application}, {"status", status}},
                          count);
        });
    }
}

void write_status_reasons(Writer& writer, const ShownSnapshot& from) {
    for (const auto& row : from.snapshot->status_reasons) {
        if (!is_shown(from, row.status, row.sessions)) continue;
        writer.sample(from.labels,
                      {{"status", streams::text_of(row.status)},
                       {"status_reason", row.status_reason},
                       {"location", row.location}},
                      static_cast<double>(row.sessions));
    }
}

using Oldest = decltype(state::LocationRow::oldest_created);

void write_oldest(Writer& writer, const ShownSnapshot& from, Oldest state::LocationRow::* oldest) {
    for (const auto& row : from.snapshot->locations) {
        for (std::size_t i = 0; i < (row.*oldest).size(); ++i) {
            const auto& time = (row.*oldest)[i];
            const auto status = static_cast<Status>(i);
            if (!time || !is_shown(from, status, row.sessions[i])) continue;
            writer.sample(from.labels,
                          {{"status", streams::text_of(status)}, {"location", row.location}},
                          unix_seconds(*time));
        }
    }
}

} // namespace

// Live statuses are as old as the last sweep, the others as the last full one. UNKNOWN is read by
// full sweeps alone and has a line only where there is one to count.
bool is_shown(const ShownSnapshot& from, Status status, std::uint64_t count) noexcept {
    if (status == Status::unknown) return from.full && count != 0;
    return streams::is_live(status) ? from.live : from.full;
}

std::vector<ShownSnapshot> shown_snapshots(const poll::Pictures& pictures, WallTime now) {
    std::vector<ShownSnapshot> shown;
    for (const auto& picture : pictures) {
        if (!picture->snapshot || !picture->target.account_id) continue;
        const auto& snapshot = *picture->snapshot;
        shown.push_back({&snapshot, account_labels(picture->target),
                         snapshot.live_as_of && live_is_fresh(picture->status, now),
                         snapshot.full_as_of && full_is_fresh(picture->status, now)});
    }
    return shown;
}

void write_session_families(Writer& writer, const std::vector<ShownSnapshot>& shown,
                            const settings::Metrics& metrics) {
    const auto write = [&](Id id, auto write_one, auto... arguments) {
        writer.family(family(id));
        for (const auto& from : shown)
            write_one(writer, from, arguments...);
    };
    const auto wanted = [&](settings::Breakdown breakdown) {
        return std::ranges::find(metrics.breakdowns, breakdown) != metrics.breakdowns.end();
    };
    write(Id::sessions, write_sessions);
    write(Id::session_exports, write_exports);
    if (wanted(settings::Breakdown::stream_group)) {
        write(Id::stream_group_sessions, write_stream_groups);
    }
    if (wanted(settings::Breakdown::application)) {
        write(Id::application_sessions, write_applications);
    }
    if (wanted(settings::Breakdown::status_reason)) {
        write(Id::session_status_reasons, write_status_reasons);
    }
    write(Id::oldest_session_created, write_oldest, &state::LocationRow::oldest_created);
    write(Id::oldest_session_updated, write_oldest, &state::LocationRow::oldest_updated);
}

} // namespace gls::metrics
