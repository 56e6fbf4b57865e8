// How long a live sweep takes, and what of that asking about sessions that have left may take. The
// live picture must not wait for however many have ended: what there is no time for leaves the live
// counts, without an event, until a later sweep asks about it or a full one tells. Pure.
#pragma once

#include "poll/situation.hpp"

#include <cstdint>

namespace gls::poll {

// For the look-ups of one sweep: a live interval, but never less than a minute, because being exact
// is worth that much.
[[nodiscard]] milliseconds time_for_look_ups(milliseconds live_interval) noexcept;
// That pace lets through in so much time; one at least.
[[nodiscard]] std::uint64_t most_look_ups(const Situation& situation, milliseconds time) noexcept;
// Sessions a minute that can be asked about at all.
[[nodiscard]] double look_ups_per_minute(const Situation& situation) noexcept;
// For those that will have left when a sweep is begun `live_interval` after the one before. What is
// left over from before comes on top where there is room.
[[nodiscard]] std::uint64_t expected_look_ups(const Situation& situation,
                                              milliseconds live_interval) noexcept;

// At the pace in force, begun every `live_interval`, or as soon as the one before has ended.
[[nodiscard]] double live_sweep_seconds(const Situation& situation, milliseconds live_interval,
                                        bool look_ups) noexcept;

} // namespace gls::poll
