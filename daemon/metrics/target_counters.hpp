// What the daemon counts of its own work for one target: calls, retries, sweeps. Told on the
// polling thread, read on the serving one. Its series live as long as this object and start at 0
// where they can be foreseen, so that a first event is not lost to increase().
#pragma once

#include "aws/call.hpp"
#include "metrics/registered.hpp"
#include "poll/inventory_lane.hpp"
#include "poll/sweep_observer.hpp"

namespace gls::metrics {

class TargetCounters final : public aws::CallObserver,
                             public poll::SweepObserver,
                             public poll::InventoryObserver {
public:
    TargetCounters(const poll::TargetIdentity& target, WallTime born,
                   std::shared_ptr<Changes> changes);

    void attempted(std::string_view operation, std::string_view code,
                   double duration_seconds) override;
    void retried(std::string_view operation, std::string_view reason,
                 double backoff_seconds) override;

    void sweep_begun(poll::SweepKind kind) override;
    void sweep_ended(const poll::SweepReport& report) override;
    void sweep_delayed() override;
    void sessions_removed(std::uint64_t count) override;
    void unknown_value(std::string_view field) override;

    void inventory_failed(std::string_view reason) override;

    [[nodiscard]] const Registered& registered() const noexcept { return registered_; }

private:
    Registered registered_;
    Counters sweeps_, sweep_failures_, sweeps_delayed_, sweep_duplicates_, removed_, unknown_;
    Counters inventory_failures_;
    Counters requests_, retries_, backoff_;
    Histograms sweep_duration_, request_duration_;
};

} // namespace gls::metrics
