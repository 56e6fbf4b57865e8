// Situations to decide about, with everything at the settings' defaults but what a test changes.
#pragma once

#include "poll/plan.hpp"

namespace gls::test {

// Of `live`, most are connected, as in a fleet at work.
inline poll::Fleet fleet_of(std::uint64_t listed, std::uint64_t live, double unmet_per_minute) {
    using streams::Status;
    poll::Fleet fleet;
    const auto at = [&](Status status) -> std::uint64_t& {
        return fleet.listed[static_cast<std::size_t>(status)];
    };
    at(Status::connected) = live * 8 / 10;
    at(Status::active) = live / 10;
    at(Status::activating) = live - at(Status::connected) - at(Status::active);
    at(Status::terminated) = (listed - live) * 9 / 10;
    at(Status::error) = listed - live - at(Status::terminated);
    fleet.unmet_per_minute = unmet_per_minute;
    fleet.pending_exports = static_cast<std::uint64_t>(unmet_per_minute / 50);
    fleet.established = true;
    return fleet;
}

inline const SteadyTime noon{std::chrono::hours{12}};

// Both lanes have run well, the live one `live_ago` and the full one `full_ago` before noon.
inline poll::Situation situation_of(poll::Fleet fleet, milliseconds live_ago = seconds{60},
                                    milliseconds full_ago = std::chrono::minutes{10}) {
    poll::Situation s;
    s.fleet = fleet;
    s.live.started = noon - live_ago;
    s.live.ended = *s.live.started + seconds{2};
    s.full.started = noon - full_ago;
    s.full.ended = *s.full.started + seconds{2};
    return s;
}

} // namespace gls::test
