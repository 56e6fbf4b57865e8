#include "web/status_json.hpp"

#include "base/iso8601.hpp"
#include "web/json.hpp"
#include "web/shown_counts.hpp"
#include "web/verdict.hpp"

namespace gls::web {
namespace {

using poll::TargetStatus;

void put_time(Json& json, std::string_view key, const std::optional<WallTime>& time) {
    json.key(key).value(time.transform(iso8601));
}

void put_verdict(Json& json, const Verdict& verdict) {
    json.key("verdict").object();
    json.key("condition").value(text_of(verdict.condition));
    json.key("sentence").value(verdict.sentence);
    json.end_object();
}

void put_sweep(Json& json, poll::SweepKind kind, const TargetStatus& status) {
    const bool live = kind == poll::SweepKind::live;
    json.key(text_of(kind)).object();
    if (const auto& last = live ? status.last_live : status.last_full) {
        put_time(json, "started", last->started);
        json.key("duration").value(in_seconds(last->duration));
        json.key("pages").value(last->pages);
        json.key("sessions").value(last->sessions);
        json.key("duplicates").value(last->duplicates);
        json.key("api_requests").value(last->api_requests);
        json.key("failure").value(last->failure);
        json.key("message").value(last->message);
    }
    put_time(json, "last_success", live ? status.last_live_success : status.last_full_success);
    json.key("interval").value(in_seconds(live ? status.live_interval : status.full_interval));
    json.key("stale_after").value(in_seconds(live ? status.stale_after : status.full_stale_after));
    json.end_object();
}

// Statuses or export statuses: an object of those that are shown.
template <class Status, class Counts>
void put_counts(Json& json, std::string_view key, const Counts& counts) {
    json.key(key).object();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!counts[i]) continue;
        json.key(streams::text_of(static_cast<Status>(i))).value(*counts[i]);
    }
    json.end_object();
}

void put_snapshot(Json& json, const std::shared_ptr<const poll::Picture>& picture, WallTime now) {
    json.key("snapshot");
    if (!picture->snapshot) return void(json.null());
    const auto& snapshot = *picture->snapshot;
    const auto counts = shown_counts({picture}, now);
    json.object();
    put_time(json, "live_as_of", snapshot.live_as_of);
    put_time(json, "full_as_of", snapshot.full_as_of);
    json.key("tracked_sessions").value(snapshot.tracked_sessions);
    put_counts<streams::Status>(json, "statuses", counts.statuses);
    json.key("locations").array();
    for (const auto& row : counts.locations) {
        json.object().key("location").value(row.location);
        put_counts<streams::Status>(json, "statuses", row.statuses);
        put_counts<streams::ExportStatus>(json, "exports", row.exports);
        json.end_object();
    }
    json.end_array().end_object();
}

void put_target(Json& json, const std::shared_ptr<const poll::Picture>& picture, WallTime now) {
    const auto& [target, status, snapshot, inventory] = *picture;
    json.object();
    json.key("name").value(target.name);
    json.key("region").value(target.region);
    json.key("account_id").value(target.account_id);
    json.key("labels").object();
    for (const auto& [name, value] : target.labels)
        json.key(name).value(value);
    json.end_object();
    json.key("up").value(is_up(status, now));
    put_verdict(json, verdict_of(*picture, now));
    json.key("sweeps").object();
    put_sweep(json, poll::SweepKind::live, status);
    put_sweep(json, poll::SweepKind::full, status);
    json.end_object();
    json.key("pace").object();
    json.key("requests_per_second").value(status.rate_limit_per_second);
    json.end_object();
    json.key("budget").object();
    json.key("requests").value(status.budget_requests);
    json.key("remaining").value(status.budget_remaining);
    json.end_object();
    json.key("credentials").object();
    json.key("source").value(status.credentials_source);
    put_time(json, "expires", status.credentials_expire_at);
    json.end_object();
    json.key("last_error").value(status.last_error);
    put_snapshot(json, picture, now);
    json.end_object();
}

} // namespace

std::string status_json(const poll::Pictures& pictures, WallTime now, const Site& site) {
    Json json;
    json.object();
    put_time(json, "now", now);
    put_verdict(json, verdict_of(pictures, now));
    json.key("exporter").object();
    json.key("version").value(site.build.version);
    json.key("revision").value(site.build.revision);
    put_time(json, "started", site.started);
    json.key("telemetry_path").value(site.telemetry_path);
    json.end_object();
    json.key("targets").array();
    for (const auto& picture : pictures)
        put_target(json, picture, now);
    json.end_array().end_object();
    return json.take() + '\n';
}

} // namespace gls::web
