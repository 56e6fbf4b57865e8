// Whether a full sweep is better read in parts: the list of every stream group
// (ListStreamSessions), several at a time, instead of the account's one chain, which is as slow as
// AWS's answers. Pure.
#pragma once

#include "poll/situation.hpp"

#include <cstddef>
#include <cstdint>

namespace gls::poll {

// Parts read at the same time: at a second an answer still more than the default pace.
inline constexpr std::size_t parts_at_a_time = 8;
// A stream group that came and went between two full sweeps could be missed by parts, so after this
// many full sweeps in parts one reads the account's own list.
inline constexpr unsigned most_splits_in_a_row = 7;
// Full sweeps in one chain after parts could not be the whole, and after a call was not allowed.
inline constexpr unsigned chains_after_parts = 7;
inline constexpr unsigned chains_after_denial = 24;

// Calls of the parts, the list of the stream groups included.
[[nodiscard]] std::uint64_t split_calls(const Fleet& fleet) noexcept;

// How long a full sweep takes, in one chain or in parts.
[[nodiscard]] double chain_seconds(const Situation& situation) noexcept;
[[nodiscard]] double split_seconds(const Situation& situation) noexcept;

// Never after a failure, nor where there is a budget, whose calls have better uses. Only where
// latency holds the chain back and not the pace, where the parts are done in three quarters of its
// time or less, and cost at most a twentieth more calls.
[[nodiscard]] bool split_pays(const Situation& situation) noexcept;

} // namespace gls::poll
