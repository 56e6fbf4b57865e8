// The daemon's own families: its build, its settings, its HTTP answers, its process, and the
// counters of each target. Rendered anew for each scrape. Safe to use from any thread.
#pragma once

#include "metrics/process.hpp"
#include "metrics/registered.hpp"
#include "metrics/target_counters.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace gls::metrics {

struct Build {
    std::string version;
    std::string revision;
    std::string compiler;
};

class Own {
public:
    Own(const Build& build, std::unique_ptr<ProcessSource> process, WallTime now);

    // The counters stay in the exposition as long as somebody holds them.
    [[nodiscard]] std::shared_ptr<TargetCounters> add_target(const poll::TargetIdentity& target,
                                                             WallTime now);
    void config_loaded(bool good, WallTime now);
    void certificate_expires(std::optional<WallTime> when); // none: no TLS
    // `path`: a route, or "other".
    void http_answered(std::string_view path, unsigned status);
    // So that its series is there, at 0, before the first such answer.
    void http_foreseen(std::string_view path, unsigned status);

    // Every family, in the catalogue's order.
    void write(Writer& writer);

private:
    Registered registered_;
    Gauges reload_good_, reload_time_, certificate_expiry_;
    Counters http_;
    std::unique_ptr<ProcessSource> process_;
    std::mutex mutex_; // of targets_
    std::vector<std::weak_ptr<TargetCounters>> targets_;
};

} // namespace gls::metrics
