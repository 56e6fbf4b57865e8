#include "metrics/fleet.hpp"

#include "metrics/inventory_families.hpp"
#include "metrics/lifecycle_families.hpp"
#include "metrics/session_families.hpp"
#include "metrics/target_labels.hpp"

#include <algorithm>

namespace gls::metrics {
namespace {

using poll::Picture;
using poll::SweepKind;
using poll::SweepReport;

// The gauges of one target that are one number or none.
std::optional<double> figure(Id id, const Picture& picture, WallTime now) {
    const auto& status = picture.status;
    const auto* snapshot = picture.snapshot.get();
    switch (id) {
    case Id::up:
        return is_up(status, now) ? 1 : 0;
    case Id::snapshot_timestamp: {
        if (snapshot == nullptr) return std::nullopt;
        const auto as_of = snapshot->live_as_of ? snapshot->live_as_of : snapshot->full_as_of;
        return as_of.transform(unix_seconds);
    }
    case Id::tracked_sessions:
        if (snapshot == nullptr) return std::nullopt;
        return static_cast<double>(snapshot->tracked_sessions);
    case Id::sweep_live_interval:
        return in_seconds(status.live_interval);
    case Id::sweep_full_interval:
        return in_seconds(status.full_interval);
    case Id::inventory_last_success:
        if (!picture.inventory) return std::nullopt;
        return unix_seconds(picture.inventory->as_of);
    case Id::api_rate_limit:
        return status.rate_limit_per_second;
    case Id::api_budget_requests:
        return status.budget_requests;
    case Id::api_budget_remaining:
        return status.budget_remaining;
    case Id::state_writable:
        return status.state_writable.transform([](bool can) { return can ? 1.0 : 0.0; });
    default:
        return std::nullopt;
    }
}

class TargetGauges {
public:
    TargetGauges(Writer& writer, const poll::Pictures& pictures, WallTime now)
        : writer_{writer}, pictures_{pictures}, now_{now} {
        for (const auto& picture : pictures)
            labels_.push_back(target_labels(picture->target));
    }

    void figures(std::initializer_list<Id> ids) {
        for (const auto id : ids) {
            each(id, [&](const Picture& picture, const std::string& labels) {
                if (const auto value = figure(id, picture, now_)) {
                    writer_.sample(labels, {}, *value);
                }
            });
        }
    }

    void info() {
        each(Id::target_info, [&](const Picture& picture, const std::string& labels) {
            if (const auto& account = picture.target.account_id) {
                writer_.sample(labels, {{"account_id", *account}}, 1);
            }
        });
    }

    void last_sweeps(Id id, std::uint64_t SweepReport::* figure) {
        each(id, [&](const Picture& picture, const std::string& labels) {
            for (const auto& last : {picture.status.last_live, picture.status.last_full}) {
                if (!last) continue;
                writer_.sample(labels, {{"kind", text_of(last->kind)}},
                               static_cast<double>((*last).*figure));
            }
        });
    }

    void last_successes() {
        each(Id::last_successful_sweep, [&](const Picture& picture, const std::string& labels) {
            const auto write = [&](SweepKind kind, const std::optional<WallTime>& time) {
                if (time) writer_.sample(labels, {{"kind", text_of(kind)}}, unix_seconds(*time));
            };
            write(SweepKind::live, picture.status.last_live_success);
            write(SweepKind::full, picture.status.last_full_success);
        });
    }

    void credentials() {
        each(Id::credentials_expiry, [&](const Picture& picture, const std::string& labels) {
            if (const auto& time = picture.status.credentials_expire_at) {
                writer_.sample(labels, {{"source", picture.status.credentials_source}},
                               unix_seconds(*time));
            }
        });
    }

    void folded() {
        each(Id::label_values_folded, [&](const Picture& picture, const std::string& labels) {
            if (!picture.snapshot) return;
            const auto& folded = picture.snapshot->folded;
            const auto write = [&](std::string_view label, std::uint64_t count) {
                writer_.sample(labels, {{"label", label}}, static_cast<double>(count));
            };
            write("stream_group", folded.stream_group);
            write("application", folded.application);
            write("location", folded.location);
            write("status_reason", folded.status_reason);
        });
    }

private:
    template <class Write>
    void each(Id id, Write write) {
        writer_.family(family(id));
        for (std::size_t i = 0; i < pictures_.size(); ++i)
            write(*pictures_[i], labels_[i]);
    }

    Writer& writer_;
    const poll::Pictures& pictures_;
    WallTime now_;
    std::vector<std::string> labels_;
};

} // namespace

void write_fleet(Writer& writer, const poll::Pictures& pictures, WallTime now,
                 const settings::Metrics& metrics) {
    const auto shown = shown_snapshots(pictures, now);
    write_session_families(writer, shown, metrics);
    write_lifecycle_families(writer, shown);
    write_inventory_families(writer, pictures, now);
    TargetGauges gauges{writer, pictures, now};
    gauges.info();
    gauges.figures({Id::up});
    gauges.last_sweeps(Id::last_sweep_pages, &SweepReport::pages);
    gauges.last_sweeps(Id::last_sweep_sessions, &SweepReport::sessions);
    gauges.last_sweeps(Id::last_sweep_api_requests, &SweepReport::api_requests);
    gauges.last_successes();
    gauges.figures({Id::snapshot_timestamp, Id::tracked_sessions, Id::sweep_live_interval,
                    Id::sweep_full_interval, Id::inventory_last_success, Id::api_rate_limit,
                    Id::api_budget_requests, Id::api_budget_remaining});
    gauges.credentials();
    gauges.folded();
    gauges.figures({Id::state_writable});
}

WallTime next_staleness(const poll::Pictures& pictures, WallTime now) noexcept {
    auto next = WallTime::max();
    const auto consider = [&](const std::optional<WallTime>& success, milliseconds limit) {
        if (!success) return;
        const auto too_old = *success + limit + milliseconds{1}; // at the limit it still counts
        if (too_old > now) next = std::min(next, too_old);
        const auto from_the_future = *success - limit; // before it; see live_is_fresh
        if (from_the_future > now) next = std::min(next, from_the_future);
    };
    for (const auto& picture : pictures) {
        consider(picture->status.last_live_success, picture->status.stale_after);
        consider(picture->status.last_full_success, picture->status.full_stale_after);
        const auto ends = inventory_ends(*picture);
        if (ends && *ends > now) next = std::min(next, *ends);
    }
    return next;
}

} // namespace gls::metrics
