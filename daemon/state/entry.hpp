// What is kept of one session: 40 bytes. Pure.
#pragma once

#include "base/time.hpp"
#include "state/cells.hpp"
#include "streams/session.hpp"

#include <cstdint>
#include <optional>

namespace gls::state {

// The order in which readings were made, over all sweeps of a table: one number a page or look-up.
using ReadNumber = std::uint32_t;

// A time in 48 bits: milliseconds of the Unix epoch plus one; 0 is none. page_json lets nothing
// through that would not fit.
using Stamp = std::uint64_t;
inline constexpr Stamp longest_stamp = (Stamp{1} << 48U) - 1;

[[nodiscard]] constexpr Stamp stamp_of(const std::optional<WallTime>& time) noexcept {
    return time ? static_cast<Stamp>(time->time_since_epoch().count() + 1) : 0;
}
[[nodiscard]] constexpr std::optional<WallTime> time_of(Stamp stamp) noexcept {
    if (stamp == 0) return std::nullopt;
    return WallTime{milliseconds{static_cast<std::int64_t>(stamp) - 1}};
}

struct Entry {
    streams::SessionKey key{};
    Stamp created : 48 = 0;
    std::uint64_t removed : 1 = 0;        // AWS does not list it any more: a tombstone, uncounted
    std::uint64_t missed_by_full : 2 = 0; // full sweeps since then
    std::uint64_t hidden : 1 = 0;      // live when last read, but a later live sweep has not met it
    std::uint64_t end_counted : 1 = 0; // each of these once in the life of the entry
    std::uint64_t export_counted : 1 = 0;
    std::uint64_t activation_counted : 1 = 0;
    std::uint64_t unsaved : 1 = 0; // differs from what the state file has
    std::uint64_t spare : 8 = 0;
    Stamp updated : 48 = 0;
    std::uint64_t spare_too : 16 = 0;
    CellId cell{0};
    ReadNumber read{0};

    [[nodiscard]] bool counted() const noexcept { return removed == 0 && hidden == 0; }
};
static_assert(sizeof(Entry) == 40);

} // namespace gls::state
