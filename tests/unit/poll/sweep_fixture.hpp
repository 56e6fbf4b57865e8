// Sweeps of one table, with AWS written down beforehand.
#pragma once

#include "pages.hpp"
#include "poll/sweep.hpp"
#include "support/log_capture.hpp"
#include "support/manual_clock.hpp"
#include "support/run_coroutine.hpp"
#include "support/scripted_api.hpp"

#include <boost/asio/io_context.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace gls::test {

class UnknownValues final : public poll::SweepObserver {
public:
    void sweep_begun(poll::SweepKind) override {}
    void sweep_ended(const poll::SweepReport&) override {}
    void sweep_delayed() override {}
    void sessions_removed(std::uint64_t) override {}
    void unknown_value(std::string_view field) override { seen.emplace_back(field); }
    std::vector<std::string> seen;
};

struct SweepFixture {
    boost::asio::io_context context;
    ManualClock clock;
    ScriptedApi api;
    LogCapture log;
    UnknownValues unknown;
    state::SessionTable table{state::TableOptions{}};
    streams::PageReader reader;
    poll::ReadingNotes notes{unknown, log};
    poll::SweepProgress progress;
    poll::Fleet fleet;
    std::uint64_t most_look_ups{1'000};
    milliseconds look_up_time{std::chrono::minutes{1}};

    poll::SweepOutcome run(poll::SweepKind kind, bool look_ups = true, bool may_widen = true) {
        poll::Plan plan;
        plan.kind = kind;
        plan.look_ups = look_ups;
        return run(plan, may_widen);
    }
    poll::SweepOutcome run(poll::Plan plan, bool may_widen = true) {
        progress = {};
        const poll::SweepParts parts{api, clock, table, reader, notes};
        const poll::Resolve resolve = [&](const poll::Unmet& unmet) {
            const auto all = unmet.left + unmet.before;
            const bool widens = may_widen && poll::full_is_cheaper(all, fleet);
            return poll::Resolution{
                .full_at_once = widens, .look_ups = most_look_ups, .time = look_up_time};
        };
        return run_coroutine(context, clock, poll::sweep(parts, plan, resolve, progress));
    }
    [[nodiscard]] std::uint64_t count(streams::Status status) const {
        return table.counts().by_status[static_cast<std::size_t>(status)];
    }
};

} // namespace gls::test
