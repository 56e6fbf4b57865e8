// A toy fleet and a daemon's polling of it, on one manual clock: simulated hours pass as fast as
// the work in them allows. Shared by the exactness test and the bench of calls.
#pragma once

#include "async/task_group.hpp"
#include "poll/poller.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "toy_fleet.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gls::test {

struct PollingSettings {
    settings::Sweep sweep{};
    settings::Api api{};
    std::size_t max_values_per_label{60'000};
};

// Keeps every report of a sweep.
class ReportedSweeps final : public poll::SweepObserver {
public:
    void sweep_begun(poll::SweepKind) override { ++begun; }
    void sweep_ended(const poll::SweepReport& report) override { reports.push_back(report); }
    void sweep_delayed() override { ++delayed; }
    void sessions_removed(std::uint64_t count) override { removed += count; }
    void unknown_value(std::string_view) override { ++unknown; }

    std::vector<poll::SweepReport> reports;
    std::uint64_t begun{0}, delayed{0}, removed{0}, unknown{0};
};

// A daemon from its start to its end: without a state file, a new one knows nothing of the one
// before.
class Daemon final : poll::TargetFacts {
public:
    Daemon(boost::asio::io_context& context, ManualClock& clock, aws::Api& api, poll::Gate& gate,
           poll::Budget& budget, PollingSettings settings);
    ~Daemon() override; // stopped, and its tasks ended

    [[nodiscard]] std::shared_ptr<const poll::Picture> picture() const {
        return board_.current()->at(0);
    }
    ReportedSweeps sweeps;
    LogCapture log;

private:
    void tell(poll::TargetStatus&) override {}
    Task<Result<std::string>> account_id() override {
        co_return fail(ErrorKind::timeout, "STS is silent");
    }

    boost::asio::io_context& context_;
    state::SessionTable table_;
    poll::Board board_;
    poll::Poller poller_;
    TaskGroup lanes_;
};

class PolledFleet {
public:
    PolledFleet(ToyFleetSettings fleet_settings, PollingSettings settings, bool keeps_past);

    // `after_step` is called whenever everything that could run at this instant has run.
    void run_for(milliseconds how_long, const std::function<void()>& after_step = {});
    void restart();

    boost::asio::io_context context;
    ManualClock clock;
    PollingSettings settings;
    poll::Budget budget;
    poll::Gate gate;
    ToyFleet fleet;
    std::optional<Daemon> daemon;
};

} // namespace gls::test
