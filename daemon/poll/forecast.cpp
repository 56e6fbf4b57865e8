#include "poll/forecast.hpp"

#include "poll/schedule.hpp"

#include <algorithm>
#include <cmath>

namespace gls::poll {

namespace {

using streams::Status;

Fleet fleet_of(const Forecast& forecast) {
    Fleet fleet;
    const auto set = [&](Status status, std::uint64_t count) {
        fleet.listed[static_cast<std::size_t>(status)] = count;
    };
    const auto connected =
        static_cast<std::uint64_t>(static_cast<double>(forecast.live) * connected_share);
    const auto active = (forecast.live - connected) / 2;
    set(Status::connected, connected);
    set(Status::active, active);
    set(Status::activating, forecast.live - connected - active);
    set(Status::terminated, forecast.listed - forecast.live);
    // An ended session leaves the live list once, an exported one the list of pending exports
    // later.
    fleet.unmet_per_minute = (1 + exported_share) * static_cast<double>(forecast.ending_per_minute);
    fleet.established = true;
    return fleet;
}

} // namespace

std::array<Forecast, 3> forecasts_of(const settings::Settings& settings) {
    std::array<Forecast, 3> forecasts{
        Forecast{.listed = 100, .live = 20, .ending_per_minute = 1},
        Forecast{.listed = 10'000, .live = 1'000, .ending_per_minute = 20},
        Forecast{.listed = 1'000'000, .live = 10'000, .ending_per_minute = 200}};
    for (Forecast& forecast : forecasts) {
        Situation situation;
        situation.sweep = settings.sweep;
        situation.requests_per_second = settings.api.requests_per_second;
        situation.group_lists_per_second = settings.api.requests_per_second;
        situation.look_ups_per_second = settings.api.requests_per_second;
        situation.burst = settings.api.burst;
        situation.fleet = fleet_of(forecast);
        if (settings.api.requests_per_day > 0) {
            situation.budget = BudgetLeft{.calls = settings.api.requests_per_day,
                                          .until_reset = std::chrono::hours{24},
                                          .per_day = settings.api.requests_per_day};
        }
        const Rhythm rhythm = rhythm_of(situation);
        forecast.calls_a_day =
            static_cast<std::uint64_t>(std::llround(rhythm.calls_per_minute * 60 * 24));
        if (situation.budget)
            forecast.calls_a_day = std::min(forecast.calls_a_day, situation.budget->calls);
        const auto fits = [&](SweepKind kind) {
            return affordable(plan_of(kind, situation, rhythm), situation);
        };
        const bool full_fits = fits(SweepKind::full);
        if (full_fits) forecast.full_interval = rhythm.full_in_force;
        if (rhythm.full_only ? full_fits : fits(SweepKind::live))
            forecast.live_interval = rhythm.live_in_force;
        if (!forecast.live_interval && !forecast.full_interval) forecast.calls_a_day = 0;
    }
    return forecasts;
}

} // namespace gls::poll
