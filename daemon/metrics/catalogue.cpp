#include "metrics/catalogue.hpp"

namespace gls::metrics {
namespace {

using enum Scope;
using enum Type;

constexpr auto table = std::to_array<Family>({
    {Id::sessions, gauge, account, "gamelift_streams_sessions", "status location",
     "Stream sessions by status and location, as of the last sweep."},
    {Id::session_exports, gauge, account, "gamelift_streams_session_exports",
     "export_status location",
     "Stream sessions by the status of their exported files, as of the last full sweep and the "
     "sweeps since."},
    {Id::stream_group_sessions, gauge, account, "gamelift_streams_stream_group_sessions",
     "stream_group status location",
     "Stream sessions by stream group, status and location, as of the last sweep."},
    {Id::application_sessions, gauge, account, "gamelift_streams_application_sessions",
     "application status", "Stream sessions by application and status, as of the last sweep."},
    {Id::session_status_reasons, gauge, account, "gamelift_streams_session_status_reasons",
     "status status_reason location",
     "Stream sessions that have a status reason, by status, reason and location, as of the last "
     "sweep."},
    {Id::oldest_session_created, gauge, account,
     "gamelift_streams_oldest_session_created_timestamp_seconds", "status location",
     "Unix time at which the longest existing stream session of this status and location was "
     "created, as of the last sweep."},
    {Id::oldest_session_updated, gauge, account,
     "gamelift_streams_oldest_session_updated_timestamp_seconds", "status location",
     "Unix time of the last update of the stream session of this status and location that has "
     "gone without one for longest, as of the last sweep."},
    {Id::sessions_started, counter, account, "gamelift_streams_sessions_started_total",
     "stream_group location", "Stream sessions that have started, as of the last sweep."},
    {Id::sessions_ended, counter, account, "gamelift_streams_sessions_ended_total",
     "status status_reason stream_group location",
     "Stream sessions that have ended, by final status and its reason, as of the last sweep."},
    {Id::session_transitions, counter, account, "gamelift_streams_session_transitions_total",
     "from to",
     "Changes of status between two sweeps, ends included, as of the last sweep; what lies between "
     "them is not seen."},
    {Id::session_exports_finished, counter, account,
     "gamelift_streams_session_exports_finished_total", "export_status location",
     "Exports of a stream session's files that have succeeded or failed, as of the last sweep."},
    {Id::session_duration, histogram, account, "gamelift_streams_session_duration_seconds",
     "location",
     "Time from the creation of a stream session to its end, of those that have ended, as of the "
     "last sweep."},
    {Id::session_activation_duration, histogram, account,
     "gamelift_streams_session_activation_duration_seconds", "location",
     "Time from the creation of a stream session to ACTIVE, of those that a sweep has met there, "
     "as of the last sweep."},
    {Id::stream_group_info, gauge, account, "gamelift_streams_stream_group_info",
     "stream_group description stream_class default_application",
     "Always 1: what a stream group is, as of the last inventory."},
    {Id::stream_group_status, gauge, account, "gamelift_streams_stream_group_status",
     "stream_group status",
     "1 for the status that the stream group has and 0 for the others, as of the last inventory."},
    {Id::stream_group_location_status, gauge, account,
     "gamelift_streams_stream_group_location_status", "stream_group location status",
     "1 for the status that the stream group has at the location and 0 for the others, as of the "
     "last inventory."},
    {Id::capacity_allocated, gauge, account, "gamelift_streams_stream_group_capacity_allocated",
     "stream_group location",
     "Stream capacity that is there, in use or idle, as of the last inventory."},
    {Id::capacity_idle, gauge, account, "gamelift_streams_stream_group_capacity_idle",
     "stream_group location",
     "Stream capacity that is there and not in use, as of the last inventory."},
    {Id::capacity_requested, gauge, account, "gamelift_streams_stream_group_capacity_requested",
     "stream_group location",
     "Stream capacity asked for, which AWS is bringing allocation to, as of the last inventory."},
    {Id::capacity_maximum, gauge, account, "gamelift_streams_stream_group_capacity_maximum",
     "stream_group location",
     "Most stream capacity that the stream group may have at the location, as of the last "
     "inventory."},
    {Id::capacity_target_idle, gauge, account, "gamelift_streams_stream_group_capacity_target_idle",
     "stream_group location",
     "Idle stream capacity that AWS aims to keep at hand, as of the last inventory."},
    {Id::capacity_always_on, gauge, account, "gamelift_streams_stream_group_capacity_always_on",
     "stream_group location",
     "Stream capacity that is kept whether it is in use or not, as of the last inventory."},
    {Id::stream_group_expiry, gauge, account,
     "gamelift_streams_stream_group_expiry_timestamp_seconds", "stream_group",
     "Unix time at which the stream group expires, as of the last inventory."},
    {Id::application_info, gauge, account, "gamelift_streams_application_info",
     "application description runtime",
     "Always 1: what an application is, as of the last inventory."},
    {Id::application_status, gauge, account, "gamelift_streams_application_status",
     "application status",
     "1 for the status that the application has and 0 for the others, as of the last inventory."},
    {Id::target_info, gauge, target, "gamelift_streams_target_info", "account_id",
     "Always 1: ties a target to its AWS account once that is known."},
    {Id::up, gauge, target, "gamelift_streams_up", "",
     "1 while the picture of the target is fresh and its last sweep of each kind succeeded, else "
     "0."},
    {Id::last_sweep_pages, gauge, target, "gamelift_streams_last_sweep_pages", "kind",
     "Pages read by the last sweep that ended, failed ones included."},
    {Id::last_sweep_sessions, gauge, target, "gamelift_streams_last_sweep_sessions", "kind",
     "Stream sessions read by the last sweep that ended, those met twice counted twice."},
    {Id::last_sweep_api_requests, gauge, target, "gamelift_streams_last_sweep_api_requests", "kind",
     "Requests to AWS made by the last sweep that ended, retries included."},
    {Id::last_successful_sweep, gauge, target,
     "gamelift_streams_last_successful_sweep_timestamp_seconds", "kind",
     "Unix time of the first call of the last sweep that succeeded; a full sweep counts as a live "
     "one too."},
    {Id::snapshot_timestamp, gauge, target, "gamelift_streams_snapshot_timestamp_seconds", "",
     "Unix time of the first call of the sweep that made the picture now served."},
    {Id::tracked_sessions, gauge, target, "gamelift_streams_tracked_sessions", "",
     "Stream sessions that the daemon knows and counts, ended ones that AWS still lists included."},
    {Id::sweep_live_interval, gauge, target, "gamelift_streams_sweep_live_interval_seconds", "",
     "Interval of live sweeps in force, a stretch by the daily budget included."},
    {Id::sweep_full_interval, gauge, target, "gamelift_streams_sweep_full_interval_seconds", "",
     "Interval of full sweeps in force, a stretch by the daily budget included."},
    {Id::inventory_last_success, gauge, target,
     "gamelift_streams_inventory_last_success_timestamp_seconds", "",
     "Unix time of the first call of the last reading of stream groups and applications that "
     "succeeded."},
    {Id::api_rate_limit, gauge, target, "gamelift_streams_api_rate_limit_requests_per_second", "",
     "Pace of the list call in force; lower than the setting after AWS has throttled."},
    {Id::api_budget_requests, gauge, target, "gamelift_streams_api_budget_requests", "",
     "Requests to AWS allowed a day (UTC); absent without a budget."},
    {Id::api_budget_remaining, gauge, target, "gamelift_streams_api_budget_remaining_requests", "",
     "Requests to AWS that are left of the budget of the current day (UTC)."},
    {Id::credentials_expiry, gauge, target, "gamelift_streams_credentials_expiry_timestamp_seconds",
     "source", "Unix time at which the credentials in use expire; absent for those that do not."},
    {Id::label_values_folded, gauge, target, "gamelift_streams_label_values_folded", "label",
     "Distinct values of the label that are summed under the value other."},
    {Id::state_writable, gauge, target, "gamelift_streams_state_writable", "",
     "1 while the state file takes what every sweep brings, else 0; absent without a state file."},
    {Id::sweeps, counter, target, "gamelift_streams_sweeps_total", "kind",
     "Sweeps begun, those that failed included."},
    {Id::sweep_failures, counter, target, "gamelift_streams_sweep_failures_total", "kind reason",
     "Sweeps that failed and so changed nothing, by reason."},
    {Id::sweep_duration, histogram, target, "gamelift_streams_sweep_duration_seconds", "kind",
     "Time from the first call of a sweep to its end, failed ones included."},
    {Id::sweeps_delayed, counter, target, "gamelift_streams_sweeps_delayed_total", "",
     "Sweeps that were due while one of their kind still ran, and so started late."},
    {Id::sweep_duplicate_sessions, counter, target,
     "gamelift_streams_sweep_duplicate_sessions_total", "",
     "Stream sessions met a second time within one sweep."},
    {Id::sessions_removed, counter, target, "gamelift_streams_sessions_removed_total", "",
     "Stream sessions that AWS no longer knows and that are therefore no longer counted."},
    {Id::unknown_values, counter, target, "gamelift_streams_unknown_values_total", "field",
     "Values from AWS that this version does not know, by field."},
    {Id::inventory_failures, counter, target, "gamelift_streams_inventory_failures_total", "reason",
     "Readings of stream groups and applications that failed and so changed nothing, by reason."},
    {Id::api_requests, counter, target, "gamelift_streams_api_requests_total", "operation code",
     "Requests to AWS, retries included, by operation and HTTP 200, AWS error code or kind of "
     "failure."},
    {Id::api_retries, counter, target, "gamelift_streams_api_retries_total", "operation reason",
     "Requests to AWS that repeat one that failed, by the reason of the failure."},
    {Id::api_backoff, counter, target, "gamelift_streams_api_backoff_seconds_total",
     "operation reason", "Time spent waiting before requests were repeated."},
    {Id::api_request_duration, histogram, target, "gamelift_streams_api_request_duration_seconds",
     "operation", "Time from the start of a request to AWS to the end of its answer or failure."},
    {Id::build_info, gauge, process, "gamelift_streams_exporter_build_info",
     "version revision compiler", "Always 1: which build of the exporter this is."},
    {Id::certificate_expiry, gauge, process,
     "gamelift_streams_exporter_certificate_expiry_timestamp_seconds", "",
     "Unix time at which the certificate served ends; absent without TLS."},
    {Id::config_last_reload_successful, gauge, process,
     "gamelift_streams_exporter_config_last_reload_successful", "",
     "1 if the settings were good when last read, else 0."},
    {Id::config_last_reload_success_timestamp, gauge, process,
     "gamelift_streams_exporter_config_last_reload_success_timestamp_seconds", "",
     "Unix time at which settings were last taken up."},
    {Id::http_requests, counter, process, "gamelift_streams_exporter_http_requests_total",
     "path code", "HTTP requests answered, by route and status code."},
    {Id::process_cpu, counter, process, "process_cpu_seconds_total", "",
     "User and system CPU time spent."},
    {Id::process_resident_memory, gauge, process, "process_resident_memory_bytes", "",
     "Resident memory."},
    {Id::process_virtual_memory, gauge, process, "process_virtual_memory_bytes", "",
     "Virtual memory."},
    {Id::process_open_fds, gauge, process, "process_open_fds", "", "Open file descriptors."},
    {Id::process_max_fds, gauge, process, "process_max_fds", "",
     "Most file descriptors that may be open."},
    {Id::process_start_time, gauge, process, "process_start_time_seconds", "",
     "Unix time at which the process started."},
});

constexpr bool stands_at_its_id() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].id) != i) return false;
    }
    return table.back().id == Id::process_start_time;
}
static_assert(stands_at_its_id(), "the table follows the order of Id");

} // namespace

std::string_view text_of(Type type) noexcept {
    switch (type) {
    case gauge:
        return "gauge";
    case counter:
        return "counter";
    case histogram:
        return "histogram";
    }
    return "unknown";
}

std::span<const Family> catalogue() noexcept {
    return table;
}
const Family& family(Id id) noexcept {
    return table[static_cast<std::size_t>(id)];
}

} // namespace gls::metrics
