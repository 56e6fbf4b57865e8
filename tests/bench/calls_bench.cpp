// What a refresh costs in calls, over a simulated hour of four fleets, beside a plain pager that reads
// every page each time. The planner, the sweeps and the table are the daemon's own; AWS is a model in
// memory and time is a manual clock, so nothing is estimated: each call is made and counted.
//     calls_bench [FLEET...]      fleets by their number, 1 to 4; default: all
// Exit code 1 where a figure is over what the project promises.
#include "polled_fleet.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <vector>

namespace {

using namespace gls;
using namespace gls::test;
using std::chrono::hours;
using std::chrono::minutes;

struct Case {
    std::uint64_t listed;
    std::uint64_t live;
    double ending_per_minute;
    double promised;
    double promised_without_look_ups;
};

constexpr Case cases[]{
    {60, 20, 2, 1, 1},
    {5'000, 1'000, 20, 40, 20},
    {100'000, 5'000, 100, 185, 75},
    {1'000'000, 10'000, 200, 490, 285},
};

struct Measured {
    double calls_per_refresh{0};
    std::uint64_t live{0}, full{0}, failed{0}, delayed{0}, look_ups{0};
};

Measured measure(const Case& c, bool look_ups) {
    ToyFleetSettings fleet;
    fleet.listed = c.listed;
    fleet.live = c.live;
    fleet.starts_per_minute = c.ending_per_minute;
    fleet.export_share = 0.02;
    fleet.brief_share = 0.02;
    fleet.drop_share = 0.05;
    // An ended session stays listed for as long as keeps the list at its length.
    fleet.retention = milliseconds{static_cast<milliseconds::rep>(
        60'000 * static_cast<double>(c.listed - c.live) / c.ending_per_minute)};
    PollingSettings settings;
    settings.sweep.look_ups = look_ups;
    settings.max_values_per_label = 200;
    PolledFleet polled{fleet, settings, false};
    polled.run_for(hours{1} + minutes{10}); // the first full sweep of the largest takes nearly an hour
    auto& sweeps = polled.daemon->sweeps;
    const auto calls_before = polled.fleet.calls();
    const auto look_ups_before = polled.fleet.calls("GetStreamSession");
    const auto reports_before = sweeps.reports.size();
    const auto delayed_before = sweeps.delayed;
    polled.run_for(hours{1});

    Measured measured;
    for (auto i = reports_before; i < sweeps.reports.size(); ++i) {
        const auto& report = sweeps.reports[i];
        ++(report.kind == poll::SweepKind::live ? measured.live : measured.full);
        if (!report.failure.empty()) ++measured.failed;
    }
    measured.delayed = sweeps.delayed - delayed_before;
    measured.look_ups = polled.fleet.calls("GetStreamSession") - look_ups_before;
    measured.calls_per_refresh = static_cast<double>(polled.fleet.calls() - calls_before) / 60;
    return measured;
}

} // namespace

int main(int argc, char** argv) {
    std::set<long> chosen;
    for (int i = 1; i < argc; ++i) chosen.insert(std::strtol(argv[i], nullptr, 10));
    bool kept = true;
    std::printf("calls a refresh (one a minute), averaged over a simulated hour\n"
                "%9s %7s %7s  %9s  %7s %9s %9s %6s   %s\n",
                "listed", "live", "end/min", "look-ups", "pager", "here", "promised", "ratio", "in that hour");
    for (long i = 0; i < 4; ++i) {
        if (!chosen.empty() && !chosen.contains(i + 1)) continue;
        const Case& c = cases[i];
        const auto pager = static_cast<double>(std::max<std::uint64_t>(1, (c.listed + 99) / 100));
        for (const bool look_ups : {true, false}) {
            const Measured m = measure(c, look_ups);
            const double promised = look_ups ? c.promised : c.promised_without_look_ups;
            const bool good = m.calls_per_refresh <= promised * 1.0001;
            kept = kept && good;
            std::printf("%9lu %7lu %7.0f  %9s  %7.0f %9.1f %9.0f %6.3f   %lu live and %lu full sweeps, %lu look-ups, "
                        "%lu delayed, %lu failed%s\n",
                        c.listed, c.live, c.ending_per_minute, look_ups ? "yes" : "no", pager,
                        m.calls_per_refresh, promised, m.calls_per_refresh / pager, m.live, m.full, m.look_ups,
                        m.delayed, m.failed, good ? "" : "   OVER");
            std::fflush(stdout);
        }
    }
    return kept ? 0 : 1;
}
