#include "poll/target_status.hpp"

namespace gls::poll {

namespace {

bool was_good(const std::optional<SweepReport>& report) noexcept {
    return !report || report->failure.empty();
}

bool within(const std::optional<WallTime>& as_of, milliseconds limit, bool went_well,
            WallTime now) noexcept {
    if (!as_of) return false;
    // A clock set back makes ages negative: such a picture is not older than it was. But it would
    // look fresh for as long as the clock was set back by, so it has to be renewed all the while.
    if (now - *as_of < -limit) return went_well;
    return now - *as_of <= limit;
}

} // namespace

bool live_went_well(const TargetStatus& status) noexcept {
    if (was_good(status.last_live)) return true;
    // A full sweep counts as a live one: a later good one makes good for it.
    return status.last_full && was_good(status.last_full) &&
           status.last_full->began > status.last_live->began;
}

bool full_went_well(const TargetStatus& status) noexcept {
    return was_good(status.last_full);
}

bool live_is_fresh(const TargetStatus& status, WallTime now) noexcept {
    return within(status.last_live_success, status.stale_after, live_went_well(status), now);
}

bool full_is_fresh(const TargetStatus& status, WallTime now) noexcept {
    return within(status.last_full_success, status.full_stale_after, full_went_well(status), now);
}

bool is_up(const TargetStatus& status, WallTime now) noexcept {
    return live_is_fresh(status, now) && live_went_well(status) && full_went_well(status);
}

} // namespace gls::poll
