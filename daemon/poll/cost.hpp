// What a sweep costs in calls, from what the table and the last sweeps tell. Pure.
// The list returns at most 100 sessions a page; an empty chain still costs its one call.
#pragma once

#include "state/snapshot.hpp"

#include <array>
#include <cstdint>

namespace gls::poll {

// The live chains of a sweep, in the order in which a session moves, so that one that moves forward
// meanwhile is met twice and not missed. CONNECTED, PENDING_CLIENT_RECONNECTION, RECONNECTING,
// CONNECTED is a circle, which no order follows all the way round: its two other statuses are read
// before and after, for two calls more, so that one that comes back to CONNECTED behind our back
// has been met before. Known ones that are missed all the same are asked about.
inline constexpr std::array live_chains{streams::Status::activating,
                                        streams::Status::active,
                                        streams::Status::pending_client_reconnection,
                                        streams::Status::reconnecting,
                                        streams::Status::connected,
                                        streams::Status::pending_client_reconnection,
                                        streams::Status::reconnecting,
                                        streams::Status::terminating};

// A fleet as the planner sees it.
struct Fleet {
    state::StatusCounts listed{}; // by status, of the whole table
    std::uint64_t pending_exports{0};
    double unmet_per_minute{0};  // sessions a minute that the live chains no longer meet; smoothed
    std::uint64_t to_look_up{0}; // that the live chains have not met and nobody has explained yet
    bool established{false};     // a full sweep has been complete
    std::uint64_t pages_read{0}; // of the longest full sweep so far, complete or not
    double live_pages_factor{1}; // pages read for one expected: above 1 where AWS's pages are not
    double full_pages_factor{1}; // filled, which no promise of the API rules out
    double latency_seconds{0};   // of a page in the last full sweep, waits apart; 0: not known
    std::uint64_t stream_groups{0};  // that listed sessions belong to
    std::uint64_t largest_group{0};  // its listed sessions
    std::uint64_t pages_by_group{0}; // of the lists of all of them
    std::uint64_t listed_groups{0};  // stream groups in all, when last listed; 0: not known
    unsigned chains_to_come{0};      // full sweeps that are to be one chain
};

[[nodiscard]] std::uint64_t listed_in_all(const Fleet& fleet) noexcept;
[[nodiscard]] std::uint64_t live_in_all(const Fleet& fleet) noexcept;

inline constexpr std::uint64_t sessions_a_page = 100; // MaxResults' upper bound in the API model
[[nodiscard]] std::uint64_t pages_of(std::uint64_t sessions) noexcept; // one at least
// Pages where they come less full than they might, by a factor of Fleet's.
[[nodiscard]] std::uint64_t scaled(std::uint64_t pages, double factor) noexcept;

// Pages at 100 sessions each, before the factors: what `pages_factor` is learnt against.
[[nodiscard]] std::uint64_t full_pages(const Fleet& fleet) noexcept;
[[nodiscard]] std::uint64_t
live_pages(const Fleet& fleet) noexcept; // the live chains and pending exports

[[nodiscard]] double seconds_a_turn(double per_second) noexcept; // at a pace that may be 0
// Seconds that each call of a chain takes: its turn at the pace or AWS's answer, whichever is
// later.
[[nodiscard]] double seconds_a_call(const Fleet& fleet, double per_second) noexcept;

// Calls of one sweep, look-ups apart. Of a fleet not yet established, full_calls is what has been
// read so far: a floor.
[[nodiscard]] std::uint64_t full_calls(const Fleet& fleet) noexcept;
[[nodiscard]] std::uint64_t live_calls(const Fleet& fleet) noexcept;

// Room for retries, and for a fleet that has grown since: a tenth, and one call more.
[[nodiscard]] std::uint64_t with_margin(std::uint64_t calls) noexcept;
// Whether so many calls hold a full sweep. Of a list of unknown length: whether they get a quarter
// further than the longest try so far.
[[nodiscard]] bool hold_full_sweep(std::uint64_t calls, const Fleet& fleet) noexcept;

} // namespace gls::poll
