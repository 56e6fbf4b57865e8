#include "app/watched_target.hpp"

#include <utility>

namespace gls::app {

namespace {

poll::PaceSettings pace_of(const settings::Api& api) {
    return {.requests_per_second = api.requests_per_second, .burst = api.burst};
}

state::TableOptions table_of(const settings::Settings& settings, WallTime now) {
    state::TableOptions options;
    options.born_at = now;
    options.max_values_per_label = settings.metrics.max_values_per_label;
    return options;
}

settings::Target named(settings::Target target, const poll::TargetIdentity& identity) {
    target.name = identity.name;
    return target;
}

} // namespace

WatchedTarget::WatchedTarget(const AwsSurroundings& around, const settings::Settings& settings,
                             std::size_t index, poll::TargetIdentity identity, poll::Board& board,
                             metrics::Own& own, std::function<void()> published)
    : counters_{own.add_target(identity, around.clock.now())},
      budget_{settings.api.requests_per_day}, gate_{around.clock, budget_, pace_of(settings.api)},
      aws_{around, named(settings.targets.at(index), identity), settings.api, gate_, *counters_},
      table_{table_of(settings, around.clock.now())},
      poller_{{aws_, gate_, budget_, table_, aws_, board, *counters_, around.clock, around.log,
               std::move(published)},
              index,
              std::move(identity),
              settings.sweep} {}

void WatchedTarget::configure(const settings::Settings& settings) {
    budget_.configure(settings.api.requests_per_day);
    gate_.configure(pace_of(settings.api));
    table_.limit_labels(settings.metrics.max_values_per_label);
    poller_.configure(settings.sweep);
}

poll::TargetIdentity identity_of(const settings::Target& target, const Env& env,
                                 const Files& files) {
    poll::TargetIdentity identity;
    identity.region = region_at_hand(target, env, files);
    identity.name = !target.name.empty() ? target.name : identity.region;
    if (identity.name.empty()) identity.name = "default";
    identity.labels = target.labels;
    return identity;
}

} // namespace gls::app
