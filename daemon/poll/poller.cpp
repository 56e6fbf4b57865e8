#include "poll/poller.hpp"

#include "async/within.hpp"
#include "poll/sweep.hpp"
#include "state/snapshot.hpp"

#include <algorithm>
#include <utility>

namespace gls::poll {

namespace {

constexpr const char* list_operation = "ListStreamSessionsByAccount";
constexpr const char* group_list_operation = "ListStreamSessions";
constexpr const char* look_up_operation = "GetStreamSession";

bool was_stopped(const SweepOutcome& outcome) {
    return outcome.failure && outcome.failure->kind == ErrorKind::cancelled;
}

} // namespace

Poller::Poller(PollerParts parts, TargetIdentity identity, settings::Sweep settings)
    : parts_{std::move(parts)}, identity_{std::move(identity)}, settings_{settings},
      constructed_{parts_.clock.steady_now()}, notes_{parts_.observer, parts_.log},
      failures_{parts_.log, identity_.name}, account_{parts_.facts, parts_.clock, failures_},
      waits_{parts_.log, identity_.name} {
    if (parts_.table.live_as_of()) {
        if (!identity_.account_id && parts_.keeping)
            identity_.account_id = parts_.keeping->account_id();
        history_.recalled(parts_.table.counts(), age_of(parts_.table.full_as_of()),
                          parts_.clock.steady_now());
        take_table();
    }
    publish();
}

std::optional<milliseconds> Poller::age_of(const std::optional<WallTime>& time) const {
    if (!time) return std::nullopt;
    return parts_.clock.now() - *time;
}

void Poller::take_table() {
    snapshot_ = std::make_shared<const state::Snapshot>(state::snapshot_of(parts_.table));
    status_.last_live_success = parts_.table.live_as_of();
    status_.last_full_success = parts_.table.full_as_of();
}

void Poller::configure(settings::Sweep settings) {
    settings_ = settings;
    status_.stale_after = status_.full_stale_after = milliseconds{0}; // judged anew
    publish();
}

void Poller::show(std::shared_ptr<const InventoryPicture> inventory) {
    inventory_ = std::move(inventory);
    if (inventory_) belongs_to(inventory_->inventory.account_id);
    parts_.table.expect(inventory_ ? inventory_->inventory : streams::Inventory{});
    if (snapshot_) take_table(); // with the zeros of what is new
    publish();
}

Task<> Poller::run_live_lane() {
    return run_lane(SweepKind::live);
}
Task<> Poller::run_full_lane() {
    return run_lane(SweepKind::full);
}

Task<> Poller::run_lane(SweepKind lane) {
    for (;;) {
        const auto now = parts_.clock.steady_now();
        const Step step =
            lane == SweepKind::live ? next_live(situation(), now) : next_full(situation(), now);
        waits_.note(lane, step.too_dear);
        publish();
        if (step.start) {
            if (step.delayed) parts_.observer.sweep_delayed();
            const bool goes_on = co_await run_sweep(*step.start, lane);
            if (!goes_on) co_return;
        } else {
            const bool slept = co_await parts_.clock.sleep_for(step.wait);
            if (!slept) co_return;
        }
    }
}

Task<bool> Poller::run_once() {
    const Situation now = situation();
    Plan plan = plan_of(SweepKind::full, now, rhythm_of(now));
    if (plan.most_calls) plan.most_calls = now.budget->calls; // nothing comes after it
    co_await run_sweep(plan, SweepKind::live);
    co_return (status_.last_full && status_.last_full->failure.empty());
}

Task<bool> Poller::run_sweep(Plan plan, SweepKind lane) {
    parts_.observer.sweep_begun(plan.kind);
    SweepReport report;
    report.kind = plan.kind;
    report.started = parts_.clock.now();
    const auto started = parts_.clock.steady_now();
    report.began = started;
    // A clock that was wrong at the start and has been set since must not make everything that it
    // missed look like news.
    if (!parts_.table.live_as_of()) {
        const auto running = std::chrono::duration_cast<milliseconds>(started - constructed_);
        parts_.table.be_born(report.started - running);
    }
    history_.begun(plan.kind, lane, started);

    SweepProgress progress;
    Running& running = running_[static_cast<std::size_t>(lane)];
    running = Running{plan.calls, &progress};
    auto outcome = co_await bounded_sweep(plan, progress);
    running = Running{};

    const auto ended = parts_.clock.steady_now();
    history_.ended(plan.kind, lane, outcome, progress, parts_.table.counts(), ended);
    report.duration = std::chrono::duration_cast<milliseconds>(ended - started);
    report.pages = progress.pages;
    report.sessions = progress.sessions;
    report.api_requests = progress.calls;
    const bool stopped = was_stopped(outcome);
    const bool superseded = outcome.superseded;
    settle(std::move(report), std::move(outcome));
    if (stopped) co_return false;
    co_await learn_account();
    if (!superseded) co_return true;
    const Situation now = situation();
    const Plan full = plan_of(SweepKind::full, now, rhythm_of(now));
    co_return co_await run_sweep(full, lane);
}

// What the plan has set aside for look-ups is at the decision's disposal, and what it decides is
// set aside.
Resolution Poller::resolve(const Unmet& unmet, const Plan& plan) {
    Running& running = running_[static_cast<std::size_t>(SweepKind::live)];
    const auto made = running.progress->calls;
    running.planned = made;
    const auto all = unmet.left + unmet.before;
    history_.to_look_up(all);
    const Resolution resolution =
        resolution_of(unmet, plan, situation(), parts_.clock.steady_now());
    running.planned = made + std::min(all, resolution.look_ups);
    if (resolution.full_soon) history_.full_is_due();
    publish(); // the intervals in force tell how long this is going to take
    return resolution;
}

Task<SweepOutcome> Poller::bounded_sweep(Plan plan, SweepProgress& progress) {
    const SweepParts parts{parts_.api, parts_.clock, parts_.table, reader_, notes_, parts_.keeping};
    const Resolve resolve_now = [&](const Unmet& unmet) { return resolve(unmet, plan); };
    SweepOutcome outcome;
    auto work = guarded_sweep(parts, plan, resolve_now, progress, outcome);
    const auto ended = co_await within(parts_.clock, plan.timeout, std::move(work));
    // What is committed stays so, even if its time was up, or a stop asked for, in that moment.
    if (ended.ended == Ended::done || outcome.committed) co_return outcome;
    outcome = SweepOutcome{};
    outcome.failure =
        ended.ended == Ended::timed_out
            ? error_of(ErrorKind::timeout, "the sweep did not end within sweep.timeout")
            : error_of(ErrorKind::cancelled, "stopped");
    co_return outcome;
}

// What a sweep brought goes to the log, the counters and the board.
void Poller::settle(SweepReport report, SweepOutcome outcome) {
    const auto kind = text_of(report.kind);
    if (outcome.failure) {
        report.failure = reason_of(outcome.failure->kind);
        report.message = outcome.failure->message;
        if (!was_stopped(outcome)) failures_.failed(kind, *outcome.failure);
    } else {
        failures_.went_well(kind);
        if (report.kind == SweepKind::full) failures_.went_well(text_of(SweepKind::live));
    }
    if (outcome.committed) {
        report.duplicates = outcome.committed->duplicates;
        if (outcome.committed->removed > 0)
            parts_.observer.sessions_removed(outcome.committed->removed);
        take_table();
        if (report.kind == SweepKind::full) history_.spread(state::group_sizes(parts_.table));
        if (outcome.parts && outcome.parts->denied)
            parts_.log.info("full_sweep_not_split", {{"target", identity_.name},
                                                     {"reason", outcome.parts->denied->message}});
        const bool put_off = outcome.put_off > 0 && !outcome.look_ups_failed;
        if (outcome.look_ups_failed) failures_.failed("look_ups", *outcome.look_ups_failed);
        if (outcome.asked > 0) {
            if (!outcome.look_ups_failed) failures_.went_well("look_ups");
            look_ups_failed_ = std::move(outcome.look_ups_failed);
        }
        if (put_off && !look_ups_put_off_)
            parts_.log.info("look_ups_put_off",
                            {{"target", identity_.name},
                             {"sessions", outcome.put_off},
                             {"reason", "asking about all that left the live list would take too "
                                        "long, or more calls than a full sweep or the budget "
                                        "allows; they count nowhere until a later sweep"}});
        if (report.kind == SweepKind::live) look_ups_put_off_ = put_off;
        belongs_to(notes_.account_id());
    }
    parts_.observer.sweep_ended(report);
    parts_.log.debug("sweep_ended", {{"target", identity_.name},
                                     {"kind", kind},
                                     {"failure", report.failure},
                                     {"pages", report.pages},
                                     {"sessions", report.sessions},
                                     {"api_requests", report.api_requests},
                                     {"duration_ms", report.duration.count()}});
    if (report.failure != reason_of(ErrorKind::cancelled)) {
        status_.first_sweep_ended = true;
        (report.kind == SweepKind::live ? status_.last_live : status_.last_full) =
            std::move(report);
    }
    publish();
}

// The picture is out already, but for the families that carry the account.
Task<> Poller::learn_account() {
    if (identity_.account_id || !snapshot_) co_return;
    auto told = co_await account_.ask();
    belongs_to(std::move(told));
    publish();
}

void Poller::belongs_to(std::optional<std::string> account_id) {
    if (!identity_.account_id) identity_.account_id = std::move(account_id);
    notes_.belongs_to(identity_.account_id);
}

std::uint64_t Poller::reserved() const {
    std::uint64_t reserved = 0;
    for (const Running& running : running_) {
        if (running.progress != nullptr && running.progress->calls < running.planned) {
            reserved += running.planned - running.progress->calls;
        }
    }
    return reserved;
}

Situation Poller::situation() {
    Situation situation;
    situation.sweep = settings_;
    situation.requests_per_second = parts_.gate.per_second(list_operation);
    situation.group_lists_per_second = parts_.gate.per_second(group_list_operation);
    situation.look_ups_per_second = parts_.gate.per_second(look_up_operation);
    situation.burst = parts_.gate.burst();
    situation.budget = parts_.budget.left_for_sweeps(parts_.clock.now(), reserved());
    history_.into(situation);
    for (Lane* lane : {&situation.live, &situation.full})
        if (lane->started)
            lane->began_ago =
                std::chrono::floor<milliseconds>(parts_.clock.steady_now() - *lane->started);
    return situation;
}

// A picture keeps the age that it may reach until it is renewed, unless that fails: intervals that
// become shorter meanwhile are those of the next one.
milliseconds Poller::age_limit(SweepKind kind, const Lane& lane, milliseconds by_rhythm) const {
    const auto made = kind == SweepKind::live ? &TargetStatus::last_live_success
                                              : &TargetStatus::last_full_success;
    const auto limit =
        kind == SweepKind::live ? &TargetStatus::stale_after : &TargetStatus::full_stale_after;
    const bool same = published_ && published_->status.*made == status_.*made;
    return same && lane.failures == 0 ? std::max(by_rhythm, status_.*limit) : by_rhythm;
}

void Poller::publish() {
    const Situation now = situation();
    const Rhythm rhythm = rhythm_of(now);
    status_.live_interval = rhythm.live_in_force;
    status_.full_interval = rhythm.full_in_force;
    status_.stale_after = age_limit(SweepKind::live, now.live, rhythm.stale_after);
    status_.full_stale_after = age_limit(SweepKind::full, now.full, rhythm.full_stale_after);
    status_.rate_limit_per_second = parts_.gate.per_second(list_operation);
    status_.budget_requests = parts_.budget.per_day();
    status_.budget_remaining = parts_.budget.remaining(parts_.clock.now());
    if (parts_.keeping) status_.state_writable = parts_.keeping->writable();
    status_.last_error = waits_.told();
    status_.waits_for_budget = waits_.of(SweepKind::live);
    if (look_ups_failed_ && settings_.look_ups && !rhythm.full_only)
        status_.last_error = look_ups_failed_->message;
    if (!full_went_well(status_)) status_.last_error = status_.last_full->message;
    if (!live_went_well(status_)) status_.last_error = status_.last_live->message;
    parts_.facts.tell(status_);
    const bool news = !published_ || published_->snapshot != snapshot_ ||
                      published_->inventory != inventory_ || !(published_->status == status_);
    if (!news) return;
    published_ = std::make_shared<const Picture>(identity_, status_, snapshot_, inventory_);
    parts_.board.publish(published_);
    if (parts_.published) parts_.published();
}

} // namespace gls::poll
