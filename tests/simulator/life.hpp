// How a session lives: how long it stays in a status and where it goes from there, by the lifecycle
// and the reasons of the API model's documentation. All durations scale with the mean life, so that
// a fleet of `live` sessions with `live / ending_per_minute` minutes of life stays about that
// large. Pure.
#pragma once

#include "simulator/chance.hpp"
#include "simulator/session.hpp"

namespace gls::simulator {

struct Rates {
    double life_seconds{0}; // mean; 0 = the fleet stands still
    double starts_per_minute{0};
    double diurnal{0};        // swing of the start rate over a day, 0 to 1
    double error_share{0.02}; // of the sessions that activate
    double drop_share{0.3};   // of the connected sessions, instead of ending
    double export_share{0.02};
    double export_failure_share{0.05};
    Millis retention{never};

    [[nodiscard]] bool still() const { return life_seconds <= 0; }
};

struct Turn {
    Status to;
    Reason reason{Reason::none}; // set with TERMINATING and ERROR
};

// Mean seconds in a status.
[[nodiscard]] double mean_stay(Status status, const Rates& rates);
// Mean seconds from a session's end to the end of its export.
[[nodiscard]] double mean_export(const Rates& rates);
// Where a session goes whose stay is over. `reason` is why it terminates, where it does.
[[nodiscard]] Turn turn_from(Status status, Reason reason, const Rates& rates, Chance& chance);
// A live status drawn as often as a steady fleet has it; and a way that a session may have ended.
[[nodiscard]] Status draw_live_status(Chance& chance);
[[nodiscard]] Turn draw_end(const Rates& rates, Chance& chance);
// Sessions starting a second at an instant.
[[nodiscard]] double start_rate(const Rates& rates, Millis now);

} // namespace gls::simulator
