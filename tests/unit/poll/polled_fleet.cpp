#include "polled_fleet.hpp"

namespace gls::test {

namespace asio = boost::asio;

namespace {

state::TableOptions options_of(const Clock& clock, const PollingSettings& settings) {
    state::TableOptions options;
    options.born_at = clock.now();
    options.max_values_per_label = settings.max_values_per_label;
    return options;
}

poll::Pictures no_picture_yet() {
    return {std::make_shared<const poll::Picture>()};
}

poll::PaceSettings pace_of(const settings::Api& api) {
    return {.requests_per_second = api.requests_per_second, .burst = api.burst};
}

} // namespace

Daemon::Daemon(asio::io_context& context, ManualClock& clock, aws::Api& api, poll::Gate& gate,
               poll::Budget& budget, PollingSettings settings)
    : context_{context}, table_{options_of(clock, settings)}, board_{no_picture_yet()},
      poller_{{api, gate, budget, table_, *this, board_, sweeps, clock, log}, {}, settings.sweep},
      lanes_{context.get_executor(), log} {
    lanes_.start("live lane", poller_.run_live_lane());
    lanes_.start("full lane", poller_.run_full_lane());
}

Daemon::~Daemon() {
    lanes_.cancel();
    for (int i = 0; lanes_.running() > 0 && i < 1'000; ++i) {
        context_.restart();
        context_.poll();
    }
}

PolledFleet::PolledFleet(ToyFleetSettings fleet_settings, PollingSettings polling, bool keeps_past)
    : settings{polling}, budget{polling.api.requests_per_day},
      gate{clock, budget, pace_of(polling.api)}, fleet{clock, fleet_settings, &gate, keeps_past} {
    restart();
}

void PolledFleet::restart() {
    daemon.reset();
    daemon.emplace(context, clock, fleet, gate, budget, settings);
}

void PolledFleet::run_for(milliseconds how_long, const std::function<void()>& after_step) {
    const auto end = clock.steady_now() + how_long;
    while (clock.steady_now() < end) {
        context.restart();
        context.poll();
        if (after_step) after_step();
        clock.forget_sleeps();
        if (!clock.advance_to_next())
            break; // nobody waits any more: a test will find nothing to check
    }
}

} // namespace gls::test
