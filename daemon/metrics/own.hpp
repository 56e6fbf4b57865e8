// The daemon's own families: its build, its settings, its HTTP answers, its process, and the
// counters of each target. Safe to use from any thread.
#pragma once

#include "metrics/changes.hpp"
#include "metrics/process.hpp"
#include "metrics/registered.hpp"
#include "metrics/target_counters.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
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

    // The families, in the catalogue's order, in two parts. The counted ones, nearly all, are worth
    // keeping as rendered: they stay as they are until changes() differs.
    void write_counted(Writer& writer);
    [[nodiscard]] std::uint64_t changes() const noexcept { return changes_->count(); }
    // Answers and the process: other at every scrape.
    void write_passing(Writer& writer);

private:
    std::shared_ptr<Changes> changes_{std::make_shared<Changes>()};
    Registered registered_;
    Gauges reload_good_, reload_time_, certificate_expiry_;
    std::unique_ptr<ProcessSource> process_;
    WallTime born_;
    std::mutex mutex_; // of what follows
    std::vector<std::weak_ptr<TargetCounters>> targets_;
    std::map<std::pair<unsigned, std::string>, std::uint64_t> answers_; // by status and path
};

} // namespace gls::metrics
