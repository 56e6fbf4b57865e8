// How the polling of one target goes, apart from the counts: what /api/v1/status and the status
// page show, and what decides `up`, readiness and staleness. Plain values, published with each
// snapshot.
#pragma once

#include "base/time.hpp"
#include "state/sweep_kind.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace gls::poll {

using state::SweepKind;
using state::text_of;

struct SweepReport {
    SweepKind kind{SweepKind::full};
    WallTime started{}; // its first call
    SteadyTime began{}; // the same by the clock that nobody sets, to tell which came first
    milliseconds duration{0};
    std::uint64_t pages{0};
    std::uint64_t sessions{0};     // items read, duplicates included
    std::uint64_t duplicates{0};   // items met a second time in the sweep
    std::uint64_t api_requests{0}; // attempts, retries included
    std::string failure;           // "" = succeeded; else the reason label
    std::string message;           // one sentence about the failure
    friend bool operator==(const SweepReport&, const SweepReport&) = default;
};

struct TargetIdentity {
    std::string name;
    std::string region;
    std::map<std::string, std::string> labels;
    std::optional<std::string> account_id; // once known
};

struct TargetStatus {
    std::optional<SweepReport> last_live; // the last one that ended, well or badly
    std::optional<SweepReport> last_full;
    std::optional<WallTime>
        last_live_success; // first call of the last good one; a full one counts as live too
    std::optional<WallTime> last_full_success;
    bool first_sweep_ended{false};
    bool waits_for_budget{false};  // no sweep can begin before midnight UTC
    milliseconds live_interval{0}; // in force, the budget's stretch included
    milliseconds full_interval{0};
    milliseconds stale_after{0}; // in force: live families are withdrawn past it
    milliseconds full_stale_after{0};
    double rate_limit_per_second{0};              // of the list call, in force
    std::optional<std::uint64_t> budget_requests; // none: no budget set
    std::optional<std::uint64_t> budget_remaining;
    std::optional<bool> state_writable; // none: no state file
    std::string credentials_source;     // "" = none yet
    std::optional<WallTime> credentials_expire_at;
    std::string last_error; // sentence of the last failure, "" after a success
    friend bool operator==(const TargetStatus&, const TargetStatus&) = default;
};

// Whether the last sweep of the kind, or a later one that stands in for it, was good; or none has
// ended.
[[nodiscard]] bool live_went_well(const TargetStatus& status) noexcept;
[[nodiscard]] bool full_went_well(const TargetStatus& status) noexcept;
// Whether the picture is within its age at `now`, and `up`: fresh, and the last sweep of each kind
// good.
[[nodiscard]] bool live_is_fresh(const TargetStatus& status, WallTime now) noexcept;
[[nodiscard]] bool full_is_fresh(const TargetStatus& status, WallTime now) noexcept;
[[nodiscard]] bool is_up(const TargetStatus& status, WallTime now) noexcept;

} // namespace gls::poll
