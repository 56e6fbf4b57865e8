#include "simulator/life.hpp"

#include <array>
#include <numbers>

namespace gls::simulator {

namespace {

// Mean stay as a share of the mean life, and the share of a steady fleet in that status. With the
// odds of turn_from a session visits ACTIVATING once, ACTIVE .98, CONNECTED 1.19, PENDING .39,
// RECONNECTING .27 and TERMINATING .98 times: stays times visits add up to one life.
constexpr std::array<double, 6> stays{0.04, 0.04, 0.70, 0.10, 0.04, 0.03};
constexpr std::array<double, 6> presence{0.040, 0.039, 0.843, 0.038, 0.011, 0.029};

Reason pick(Chance& chance, std::initializer_list<std::pair<double, Reason>> odds) {
    auto left = chance.unit();
    for (const auto& [share, reason] : odds) {
        left -= share;
        if (left < 0) return reason;
    }
    return odds.begin()->second;
}

Reason activation_failure(Chance& chance) {
    return pick(chance, {{0.4, Reason::placement_timeout},
                         {0.25, Reason::internal_error},
                         {0.25, Reason::invalid_signal_request},
                         {0.1, Reason::assume_role_failed}});
}

Reason end_of_connected(Chance& chance) {
    return pick(chance, {{0.55, Reason::application_exit},
                         {0.25, Reason::api_terminated},
                         {0.12, Reason::idle_timeout},
                         {0.08, Reason::max_session_length_timeout}});
}

} // namespace

double mean_stay(Status status, const Rates& rates) {
    return stays[static_cast<std::size_t>(status)] * rates.life_seconds;
}

double mean_export(const Rates& rates) {
    return 0.05 * rates.life_seconds;
}

Turn turn_from(Status status, Reason reason, const Rates& rates, Chance& chance) {
    switch (status) {
    case Status::activating:
        if (chance.comes_up(rates.error_share)) return {Status::error, activation_failure(chance)};
        return {Status::active};
    case Status::active:
        if (chance.comes_up(0.03)) return {Status::terminating, Reason::connection_timeout};
        return {Status::connected};
    case Status::connected:
        if (chance.comes_up(rates.drop_share)) return {Status::pending_client_reconnection};
        return {Status::terminating, end_of_connected(chance)};
    case Status::pending_client_reconnection:
        if (chance.comes_up(0.3)) return {Status::terminating, Reason::reconnection_timeout};
        return {Status::reconnecting};
    case Status::reconnecting:
        return {chance.comes_up(0.1) ? Status::pending_client_reconnection : Status::connected};
    case Status::terminating:
        if (chance.comes_up(0.005)) return {Status::error, Reason::log_destination_error};
        return {Status::terminated, reason};
    case Status::terminated:
    case Status::error:
        break;
    }
    return {status, reason};
}

Status draw_live_status(Chance& chance) {
    auto left = chance.unit();
    for (std::size_t at = 0; at < presence.size(); ++at) {
        left -= presence[at];
        if (left < 0) return static_cast<Status>(at);
    }
    return Status::connected;
}

Turn draw_end(const Rates& rates, Chance& chance) {
    if (chance.comes_up(rates.error_share)) return {Status::error, activation_failure(chance)};
    if (chance.comes_up(0.03)) return {Status::terminated, Reason::connection_timeout};
    if (chance.comes_up(0.12)) return {Status::terminated, Reason::reconnection_timeout};
    return {Status::terminated, end_of_connected(chance)};
}

double start_rate(const Rates& rates, Millis now) {
    constexpr double day_ms = 86'400'000;
    const auto swing = std::sin(2 * std::numbers::pi * static_cast<double>(now) / day_ms);
    return rates.starts_per_minute / 60 * (1 + rates.diurnal * swing);
}

} // namespace gls::simulator
