// Ways of polling one target, and the one that meets the freshness asked for with the fewest calls.
// Where the day's budget cannot pay for that freshness, the one that stretches the intervals least.
// Pure.
#pragma once

#include "base/time.hpp"
#include "poll/situation.hpp"

namespace gls::poll {

// What it costs at the intervals asked for.
struct Way {
    bool full_only{false};          // every sweep unfiltered
    bool look_ups{true};            // never in a way of full sweeps only
    std::uint64_t sweep{0};         // calls of one in each live interval, look-ups apart
    double swept_per_minute{0};     // of these
    double full_per_minute{0};      // of the full sweeps beside them
    double looked_up_per_minute{0}; // does not fall as intervals grow: each session that left is
                                    // asked about once, if there is time for it
};

[[nodiscard]] Way best_way(const Situation& situation);

// Of the sweeps that are to come in each live interval.
[[nodiscard]] milliseconds interval_of(const Way& way, const settings::Sweep& sweep) noexcept;
// How long one of them takes at the pace in force if one is begun every `interval`.
[[nodiscard]] double sweep_seconds(const Way& way, const Situation& situation,
                                   milliseconds interval) noexcept;
// Whether what is left of the day holds one more of them.
[[nodiscard]] bool fits_today(const Way& way, const Situation& situation) noexcept;
// Times that the budget makes the intervals as long as asked for.
[[nodiscard]] double budget_stretch(const Way& way, const Situation& situation) noexcept;

} // namespace gls::poll
