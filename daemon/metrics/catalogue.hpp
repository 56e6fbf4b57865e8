// Every metric family of this version: its name, type, HELP and the labels beside those of its
// target. The table is a contract (the README documents it, a golden file in the tests pins it) and
// its order is the order of the exposition. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gls::metrics {

enum class Type : std::uint8_t { gauge, counter, histogram };
[[nodiscard]] std::string_view text_of(Type type) noexcept;

// Which labels a family carries before its own: none; target, region and the target's own; or those
// and account_id.
enum class Scope : std::uint8_t { process, target, account };

enum class Id : std::uint8_t {
    sessions,
    session_exports,
    stream_group_sessions,
    application_sessions,
    session_status_reasons,
    oldest_session_created,
    oldest_session_updated,
    sessions_started,
    sessions_ended,
    session_transitions,
    session_exports_finished,
    session_duration,
    session_activation_duration,
    stream_group_info,
    stream_group_status,
    stream_group_location_status,
    capacity_allocated,
    capacity_idle,
    capacity_requested,
    capacity_maximum,
    capacity_target_idle,
    capacity_always_on,
    stream_group_expiry,
    application_info,
    application_status,
    target_info,
    up,
    last_sweep_pages,
    last_sweep_sessions,
    last_sweep_api_requests,
    last_successful_sweep,
    snapshot_timestamp,
    tracked_sessions,
    sweep_live_interval,
    sweep_full_interval,
    inventory_last_success,
    api_rate_limit,
    api_budget_requests,
    api_budget_remaining,
    credentials_expiry,
    label_values_folded,
    state_writable,
    sweeps,
    sweep_failures,
    sweep_duration,
    sweeps_delayed,
    sweep_duplicate_sessions,
    sessions_removed,
    unknown_values,
    inventory_failures,
    api_requests,
    api_retries,
    api_backoff,
    api_request_duration,
    build_info,
    certificate_expiry,
    config_last_reload_successful,
    config_last_reload_success_timestamp,
    http_requests,
    process_cpu,
    process_resident_memory,
    process_virtual_memory,
    process_open_fds,
    process_max_fds,
    process_start_time,
};

struct Family {
    Id id;
    Type type;
    Scope scope;
    std::string_view name;
    std::string_view labels; // its own, apart by blanks
    std::string_view help;   // one plain line without a backslash: some serializers escape nothing
};

[[nodiscard]] std::span<const Family> catalogue() noexcept;
[[nodiscard]] const Family& family(Id id) noexcept;

} // namespace gls::metrics
