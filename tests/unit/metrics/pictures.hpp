// Pictures to render: one target with a few sessions, of known ages.
#pragma once

#include "poll/board.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace gls::test {

inline constexpr WallTime noon{std::chrono::seconds{1'800'000'000}};
inline constexpr std::chrono::minutes minute{1};

inline poll::SweepReport good_sweep(poll::SweepKind kind) {
    poll::SweepReport report;
    report.kind = kind;
    report.started = noon;
    report.duration = milliseconds{1500};
    report.pages = 3;
    report.sessions = 205;
    report.api_requests = 4;
    return report;
}

inline poll::TargetStatus good_status() {
    poll::TargetStatus status;
    status.last_live = good_sweep(poll::SweepKind::live);
    status.last_full = good_sweep(poll::SweepKind::full);
    status.last_live_success = noon;
    status.last_full_success = noon;
    status.first_sweep_ended = true;
    status.live_interval = minute;
    status.full_interval = 60 * minute;
    status.stale_after = 3 * minute;
    status.full_stale_after = 180 * minute;
    status.rate_limit_per_second = 5;
    return status;
}

// Oregon: 2 ACTIVE, 1 CONNECTED, 4 TERMINATED, one of them with its files exported.
inline state::Snapshot small_snapshot() {
    using streams::Status;
    state::Snapshot snapshot;
    snapshot.live_as_of = noon;
    snapshot.full_as_of = noon;
    snapshot.tracked_sessions = 7;
    state::LocationRow row;
    row.location = "us-west-2";
    const auto at = [](Status status) { return static_cast<std::size_t>(status); };
    row.sessions[at(Status::active)] = 2;
    row.sessions[at(Status::connected)] = 1;
    row.sessions[at(Status::terminated)] = 4;
    row.exports = {6, 0, 1, 0, 0};
    row.oldest_created[at(Status::active)] = noon - 10 * minute;
    row.oldest_updated[at(Status::active)] = noon - milliseconds{1500};
    row.oldest_created[at(Status::terminated)] = noon - 100 * minute;
    snapshot.locations.push_back(row);
    snapshot.stream_groups.push_back({"sg-1", "us-west-2", row.sessions});
    snapshot.applications.push_back({"a-1", row.sessions});
    snapshot.status_reasons.push_back({Status::terminated, "idleTimeout", "us-west-2", 3});
    return snapshot;
}

inline poll::Picture small_picture(std::string name = "prod-us") {
    poll::Picture picture;
    picture.target.name = std::move(name);
    picture.target.region = "us-west-2";
    picture.target.labels = {{"team", "streaming"}};
    picture.target.account_id = "111122223333";
    picture.status = good_status();
    picture.snapshot = std::make_shared<const state::Snapshot>(small_snapshot());
    return picture;
}

inline std::shared_ptr<const poll::Picture> shared(poll::Picture picture) {
    return std::make_shared<const poll::Picture>(std::move(picture));
}

} // namespace gls::test
