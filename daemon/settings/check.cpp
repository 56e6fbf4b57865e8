#include "settings/check.hpp"

#include "base/duration.hpp"
#include "settings/limits.hpp"
#include "settings/phrase.hpp"
#include "settings/problem.hpp"

#include <algorithm>
#include <set>

namespace gls::settings {
namespace {

std::string written(milliseconds value) {
    return duration_text(value);
}
std::string written(std::integral auto value) {
    return std::to_string(value);
}

template <class Value>
void in_range(std::string_view path, Value value, const limits::Range<Value>& range,
              Findings& findings) {
    if (range.holds(value)) return;
    findings.push_back(
        {std::string{path}, phrase(written(value), " is out of range; write ", written(range.least),
                                   " to ", written(range.most))});
}

// `path` may not be shorter than `with`.
void at_least(std::string_view path, milliseconds value, std::string_view with, milliseconds least,
              Findings& findings) {
    if (value >= least) return;
    findings.push_back({std::string{path},
                        phrase(written(value), " is shorter than ", with, " (", written(least),
                               "); write at least that"),
                        std::string{with}});
}

void check_sweep(const Sweep& sweep, const Api& api, Findings& findings) {
    in_range("sweep.live_interval", sweep.live_interval, limits::interval, findings);
    in_range("sweep.full_interval", sweep.full_interval, limits::interval, findings);
    at_least("sweep.full_interval", sweep.full_interval, "sweep.live_interval", sweep.live_interval,
             findings);
    if (sweep.stale_after) {
        in_range("sweep.stale_after", *sweep.stale_after, limits::interval, findings);
        at_least("sweep.stale_after", *sweep.stale_after, "sweep.live_interval",
                 sweep.live_interval, findings);
    }
    if (sweep.timeout) {
        in_range("sweep.timeout", *sweep.timeout, limits::interval, findings);
        at_least("sweep.timeout", *sweep.timeout, "api.request_timeout", api.request_timeout,
                 findings);
    }
}

void check_api(const Api& api, Findings& findings) {
    const bool rate_holds =
        api.requests_per_second > 0 && api.requests_per_second <= limits::most_requests_per_second;
    if (!rate_holds) { // NaN does not hold either
        findings.push_back(
            {"api.requests_per_second",
             phrase(api.requests_per_second, " is out of range; write more than 0, at most ",
                    limits::most_requests_per_second,
                    " (what AWS allows the whole account and region)")});
    }
    in_range("api.burst", api.burst, limits::burst, findings);
    in_range("api.requests_per_day", api.requests_per_day, limits::requests_per_day, findings);
    if (api.max_attempts)
        in_range("api.max_attempts", *api.max_attempts, limits::max_attempts, findings);
    in_range("api.connect_timeout", api.connect_timeout, limits::call_timeout, findings);
    in_range("api.request_timeout", api.request_timeout, limits::call_timeout, findings);
}

void check_metrics(const Metrics& metrics, Findings& findings) {
    std::set<Breakdown> seen;
    for (std::size_t i = 0; i < metrics.breakdowns.size(); ++i) {
        if (seen.insert(metrics.breakdowns[i]).second) continue;
        findings.push_back(
            {phrase("metrics.breakdowns[", i, "]"), "listed a second time; remove it"});
    }
    in_range("metrics.max_values_per_label", metrics.max_values_per_label,
             limits::max_values_per_label, findings);
}

} // namespace

Findings check(const Settings& settings) {
    Findings findings;
    check_targets(settings.targets, findings);
    check_sweep(settings.sweep, settings.api, findings);
    check_api(settings.api, findings);
    check_metrics(settings.metrics, findings);
    if (settings.state_path.size() > limits::longest_path) {
        findings.push_back({"state.path", phrase("longer than ", limits::longest_path,
                                                 " bytes, which no file system takes")});
    }
    if (settings.inventory_interval != milliseconds{0} &&
        !limits::interval.holds(settings.inventory_interval)) {
        findings.push_back(
            {"inventory.interval",
             phrase(written(settings.inventory_interval), " is out of range; write 0 (off) or ",
                    written(limits::interval.least), " to ", written(limits::interval.most))});
    }
    return findings;
}

} // namespace gls::settings
