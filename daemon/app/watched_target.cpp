#include "app/watched_target.hpp"

#include "streams/arn.hpp"

#include <algorithm>
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

std::unique_ptr<poll::Keeping> keeping_of(const WatchParts& parts, Memory& memory,
                                          poll::Budget& budget, const std::string& target) {
    if (parts.state == nullptr) return nullptr;
    return std::make_unique<poll::Keeping>(std::move(memory.record), budget, parts.aws.around().log,
                                           target);
}

// A target that a reload has changed is the same account to AWS.
state::CallsSpent spent_by(const Memory& memory) {
    const auto kept = memory.record ? memory.record->spent() : state::CallsSpent{};
    return std::max(kept, memory.spent);
}

// As logs and labels have it.
settings::Target named(settings::Target target, const poll::TargetIdentity& identity) {
    target.name = identity.name;
    target.region = identity.region;
    return target;
}

} // namespace

Memory blank(const WatchParts& parts, const settings::Settings& settings) {
    return {state::SessionTable{table_of(settings, parts.aws.around().clock.now())}, nullptr, {}};
}

Result<Memory> recall(const WatchParts& parts, const settings::Settings& settings,
                      const poll::TargetIdentity& identity) {
    if (parts.state == nullptr) return blank(parts, settings);
    auto options = table_of(settings, parts.aws.around().clock.now());
    options.keeps_changes = true;
    Memory memory{state::SessionTable{options}, nullptr};
    auto record =
        parts.state->recall({identity.name, identity.region, identity.account_id}, memory.table);
    if (!record) return std::unexpected{record.error()};
    memory.record = *std::move(record);
    return memory;
}

WatchedTarget::WatchedTarget(const WatchParts& parts, const settings::Settings& settings,
                             const settings::Target& target, poll::TargetIdentity identity,
                             Memory memory)
    : settings_{target}, identity_{std::move(identity)},
      counters_{parts.own.add_target(identity_, parts.aws.around().clock.now())},
      budget_{settings.api.requests_per_day, spent_by(memory)}, table_{std::move(memory.table)},
      keeping_{keeping_of(parts, memory, budget_, identity_.name)},
      gate_{parts.aws.around().clock, budget_, pace_of(settings.api), keeping_.get()},
      aws_{parts.aws, named(target, identity_), settings.api, gate_, *counters_},
      poller_{{aws_, gate_, budget_, table_, aws_, parts.board, *counters_,
               parts.aws.around().clock, parts.aws.around().log, keeping_.get(), parts.published},
              identity_,
              settings.sweep},
      inventory_{
          {aws_, budget_, poller_, *counters_, parts.aws.around().clock, parts.aws.around().log},
          identity_.name,
          settings.inventory_interval},
      tasks_{parts.aws.around().executor, parts.aws.around().log} {}

void WatchedTarget::start() {
    tasks_.start("live_lane", poller_.run_live_lane());
    tasks_.start("full_lane", poller_.run_full_lane());
    tasks_.start("inventory_lane", inventory_.run());
}

void WatchedTarget::start_once() {
    tasks_.start("once", run_once());
}

Task<> WatchedTarget::run_once() {
    went_well_ = co_await poller_.run_once();
}

void WatchedTarget::configure(const settings::Settings& settings) {
    budget_.configure(settings.api.requests_per_day);
    gate_.configure(pace_of(settings.api));
    aws_.configure(settings.api);
    table_.limit_labels(settings.metrics.max_values_per_label);
    inventory_.configure(settings.inventory_interval); // first: it takes its share of the budget
    poller_.configure(settings.sweep);
}

void WatchedTarget::cancel() {
    tasks_.cancel();
}

Task<bool> WatchedTarget::ended() {
    return tasks_.empty();
}

poll::TargetIdentity identity_of(const settings::Target& target, std::string region) {
    poll::TargetIdentity identity;
    identity.region = std::move(region);
    identity.name = !target.name.empty() ? target.name : identity.region;
    if (identity.name.empty()) identity.name = "default";
    identity.labels = target.labels;
    const auto role = streams::split_arn(target.role_arn);
    if (!role.account_id.empty()) identity.account_id = std::string{role.account_id};
    return identity;
}

} // namespace gls::app
