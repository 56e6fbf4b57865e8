// Hears what the daemon's own counters count about sweeps; implemented by metrics. Called on the
// polling thread; implementations are safe to read from another.
#pragma once

#include "poll/target_status.hpp"

#include <cstdint>
#include <string_view>

namespace gls::poll {

class SweepObserver {
public:
    virtual ~SweepObserver() = default;
    virtual void sweep_begun(SweepKind kind) = 0;
    virtual void sweep_ended(const SweepReport& report) = 0; // failed ones included
    virtual void sweep_delayed() = 0;                        // due while one of its kind still ran
    virtual void sessions_removed(std::uint64_t count) = 0;
    virtual void
    unknown_value(std::string_view field) = 0; // Status, StatusReason, ExportFilesStatus
};

} // namespace gls::poll
