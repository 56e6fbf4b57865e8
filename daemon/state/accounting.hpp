// Which events a reading means for a session, and which of them have been counted in its life.
// Pure.
#pragma once

#include "state/entry.hpp"
#include "state/event.hpp"

#include <vector>

namespace gls::state {

// The session is met for the first time. As baseline nothing happened: what it is already past is
// marked as counted.
void account_first(Entry& entry, const Cell& cell, bool baseline, std::vector<Event>& events);

// The session was `before` and is as `entry` and `now` say. A tombstone that is listed again comes
// this way too: its start was counted once, and so was its end if it had one.
void account_change(Entry& entry, const Cell& before, const Cell& now, std::vector<Event>& events);

} // namespace gls::state
