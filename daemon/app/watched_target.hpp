// Everything that one target needs, in the order of its data: budget and gate, calls, table,
// poller.
#pragma once

#include "app/aws_target.hpp"
#include "metrics/own.hpp"
#include "poll/poller.hpp"
#include "settings/settings.hpp"
#include "state/session_table.hpp"

#include <cstddef>
#include <functional>
#include <memory>

namespace gls::app {

class WatchedTarget {
public:
    // `board`, `own` and what `around` refers to are App's and outlive it. `target` has its name.
    WatchedTarget(const AwsSurroundings& around, const settings::Settings& settings,
                  std::size_t index, poll::TargetIdentity identity, poll::Board& board,
                  metrics::Own& own, std::function<void()> published);

    [[nodiscard]] poll::Poller& poller() noexcept { return poller_; }
    void configure(const settings::Settings& settings); // all but the targets

private:
    std::shared_ptr<metrics::TargetCounters>
        counters_;              // what scrapes are told of its calls and sweeps
    poll::Budget budget_;       // how many calls the day has left
    poll::Gate gate_;           // when the next one may go
    AwsTarget aws_;             // how it goes
    state::SessionTable table_; // what is known from the answers
    poll::Poller poller_;       // what to ask next
};

// Before anything is known: the names, and nothing else. The name falls back to the region, then to
// "default".
[[nodiscard]] poll::TargetIdentity identity_of(const settings::Target& target, const Env& env,
                                               const Files& files);

} // namespace gls::app
