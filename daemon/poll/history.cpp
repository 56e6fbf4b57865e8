#include "poll/history.hpp"

#include "poll/split.hpp"

#include <algorithm>

namespace gls::poll {

namespace {

// Live sweeps in a row after which one without its look-ups is better than none: with a retry after
// 10, 20 and 40 s the picture is not stale by then.
constexpr unsigned failures_to_doubt = 3;
constexpr double newest_weight = 0.3; // of the last sweep in the rate of departures

std::uint64_t departures_of(const state::Committed& committed) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(committed.events, [](const state::Event& event) {
            return event.kind == state::EventKind::ended ||
                   event.kind == state::EventKind::export_finished;
        }));
}

// A page more than expected is a fleet that moved meanwhile, not a page half empty.
double pages_factor(std::uint64_t read, std::uint64_t expected) {
    if (read <= expected + expected / 4 + 2) return 1;
    return static_cast<double>(read) / static_cast<double>(expected);
}

} // namespace

void History::begun(SweepKind kind, SweepKind lane, SteadyTime now) {
    const auto begin = [now](Lane& into) {
        into.started = now;
        into.running = true;
        into.due = false;
    };
    if (lane == SweepKind::live) begin(live_);
    if (kind == SweepKind::full) begin(full_);
}

void History::ended(SweepKind kind, SweepKind lane, const SweepOutcome& outcome,
                    const SweepProgress& progress, const state::TableCounts& counts,
                    SteadyTime now) {
    const bool stopped = outcome.failure && outcome.failure->kind == ErrorKind::cancelled;
    const auto end = [&](Lane& of) {
        of.ended = now;
        of.running = false;
        if (outcome.failure) {
            if (!stopped) ++of.failures;
            return;
        }
        of.failures = 0;
        if (outcome.committed) of.took = std::chrono::floor<milliseconds>(now - *of.started);
    };
    // What kept both from working is over: the full one need not wait out its long pause.
    if (kind == SweepKind::live && !outcome.failure) {
        if (live_sweep_failures_ > 0) full_.failures = std::min(full_.failures, 1U);
        live_sweep_failures_ = 0;
    }
    if (kind == SweepKind::live && outcome.failure && !stopped) ++live_sweep_failures_;
    if (lane == SweepKind::live) end(live_);
    if (kind == SweepKind::full) end(full_);

    if (live_.failures >= failures_to_doubt) {
        look_ups_in_doubt_ = true;
        live_.took = milliseconds{0}; // the picture is to grow stale as any other
    } else if (outcome.committed && outcome.asked > 0) {
        look_ups_in_doubt_ = outcome.look_ups_failed.has_value();
    }

    if (full_.failures >= failures_to_doubt) full_.took = milliseconds{0};

    learn_latency(kind, progress);
    if (kind == SweepKind::full) fleet_.pages_read = std::max(fleet_.pages_read, progress.pages);
    if (!outcome.committed) {
        if (!outcome.superseded) quiet_sweeps_ = 0;
        return;
    }
    if (kind == SweepKind::full) {
        fleet_.established = true;
        learn_from_parts(outcome.parts);
    }
    take_counts(counts);
    if (kind == SweepKind::live) fleet_.to_look_up = outcome.put_off;
    if (!outcome.parts) learn_costs(kind, progress); // parts say nothing about how full pages are
    if (lane == SweepKind::live) learn_departures(kind, outcome, *live_.started);
    const bool changed = !outcome.committed->events.empty() || outcome.committed->removed > 0;
    if (changed || live_in_all(fleet_) > 0) {
        quiet_sweeps_ = 0;
    } else if (lane == SweepKind::live) {
        ++quiet_sweeps_;
    }
}

void History::take_counts(const state::TableCounts& counts) {
    fleet_.listed = counts.by_status;
    fleet_.pending_exports = counts.pending_exports;
    fleet_.to_look_up = counts.hidden;
}

// Also from a sweep that ran out of time: the next is given what it takes. Live pages stand in
// until a full sweep has told.
void History::learn_latency(SweepKind kind, const SweepProgress& progress) {
    const bool full = kind == SweepKind::full;
    if (progress.pages == 0 || (!full && latency_of_full_)) return;
    const FineSeconds in_flight = progress.in_flight;
    fleet_.latency_seconds = in_flight.count() / static_cast<double>(progress.pages);
    latency_of_full_ = full;
}

void History::learn_from_parts(const std::optional<PartsRead>& parts) {
    const auto chains_next = [this](unsigned chains) {
        fleet_.chains_to_come = chains;
        splits_in_a_row_ = 0;
    };
    if (!parts) {
        if (fleet_.chains_to_come > 0) --fleet_.chains_to_come;
        return;
    }
    if (parts->stream_groups > 0) fleet_.listed_groups = parts->stream_groups;
    if (!parts->whole) {
        chains_next(parts->denied ? chains_after_denial : chains_after_parts);
    } else if (++splits_in_a_row_ == most_splits_in_a_row) {
        chains_next(1);
    }
}

void History::learn_costs(SweepKind kind, const SweepProgress& progress) {
    if (kind == SweepKind::full) {
        fleet_.full_pages_factor = pages_factor(progress.pages, full_pages(fleet_));
    } else {
        fleet_.live_pages_factor = pages_factor(progress.pages, live_pages(fleet_));
    }
}

void History::spread(const std::vector<state::GroupSize>& groups) {
    fleet_.stream_groups = groups.size();
    fleet_.largest_group = groups.empty() ? 0 : groups.front().sessions;
    fleet_.pages_by_group = 0;
    for (const state::GroupSize& group : groups)
        fleet_.pages_by_group += pages_of(group.sessions);
}

void History::learn_departures(SweepKind kind, const SweepOutcome& outcome, SteadyTime now) {
    if (departures_since_ && now > *departures_since_) {
        const auto count =
            kind == SweepKind::live ? outcome.unmet : departures_of(*outcome.committed);
        const FineMinutes passed = now - *departures_since_;
        const double rate = static_cast<double>(count) / passed.count();
        fleet_.unmet_per_minute =
            departures_known_ ? (1 - newest_weight) * fleet_.unmet_per_minute + newest_weight * rate
                              : rate;
        departures_known_ = true;
    }
    departures_since_ = now;
}

void History::into(Situation& situation) const {
    situation.fleet = fleet_;
    situation.live_sweep_failures = live_sweep_failures_;
    situation.quiet_sweeps = quiet_sweeps_;
    situation.look_ups_in_doubt = look_ups_in_doubt_;
    situation.live = live_;
    situation.full = full_;
}

void History::recalled(const state::TableCounts& counts, std::optional<milliseconds> full_age,
                       SteadyTime now) {
    take_counts(counts);
    if (!full_age) return;
    fleet_.established = true;
    if (*full_age < milliseconds{0}) return;
    full_.started = now - *full_age;
    full_.ended = full_.started;
}

} // namespace gls::poll
