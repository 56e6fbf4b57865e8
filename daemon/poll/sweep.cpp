#include "poll/sweep.hpp"

#include "poll/chain.hpp"
#include "poll/group_lists.hpp"
#include "poll/look_ups.hpp"

#include <algorithm>
#include <exception>

namespace gls::poll {

namespace {

using streams::Status;

// The page limit is a guard against a list without end; where the budget sets a lower one, reaching
// that is the budget's doing.
streams::PageLimits limits_of(const Plan& plan) {
    streams::PageLimits limits;
    if (plan.most_calls) limits.pages = std::min(limits.pages, *plan.most_calls);
    return limits;
}

bool past_allowance(const Plan& plan, const streams::Chain& chain) {
    return plan.most_calls && chain.failure->kind == ErrorKind::malformed &&
           chain.pages >= *plan.most_calls;
}

Task<std::optional<Error>> read(SweepParts parts, const Plan& plan, state::Sweep& sweep,
                                streams::Filter filter, aws::Urgency urgency,
                                SweepProgress& progress) {
    const auto chain =
        co_await run_chain(parts, sweep, std::move(filter), urgency, limits_of(plan), progress);
    if (chain.failure && past_allowance(plan, chain)) {
        Error error;
        error.kind = ErrorKind::budget;
        error.message =
            "the list is longer than what requests_per_day leaves for its first reading";
        co_return error;
    }
    co_return chain.failure;
}

Task<std::optional<Error>> run_live_chains(SweepParts parts, const Plan& plan, state::Sweep& sweep,
                                           SweepProgress& progress) {
    for (const Status status : live_chains) {
        streams::Filter filter;
        filter.status = status;
        auto failure = co_await read(parts, plan, sweep, filter, aws::Urgency::live, progress);
        if (failure) co_return failure;
    }
    // Exports finish after the session has ended.
    streams::Filter pending;
    pending.export_status = streams::ExportStatus::pending;
    co_return co_await read(parts, plan, sweep, pending, aws::Urgency::live, progress);
}

// The sessions of another account are not a later picture of these: nothing is published that would
// tell of both as one.
std::optional<Error> foreign(const SweepParts& parts) {
    auto known = parts.keeping == nullptr ? std::nullopt : parts.keeping->account_id();
    if (!known) known = parts.notes.shown();
    const auto& read = parts.notes.account_id();
    if (!known || !read || *known == *read) return std::nullopt;
    Error error;
    error.kind = ErrorKind::credentials;
    error.message = "the credentials belong to account " + *read +
                    ", but what is kept and shown under this target's name is of account " +
                    *known + "; give the target another name, or it its credentials";
    return error;
}

// Without a suspension from the commit to the state file: what is counted is kept.
void commit(const SweepParts& parts, state::Sweep sweep, SweepOutcome& outcome) {
    outcome.failure = foreign(parts);
    if (outcome.failure) return;
    sweep.ended(parts.clock.now());
    outcome.committed = parts.table.commit(std::move(sweep));
    if (parts.keeping != nullptr)
        parts.keeping->sweep_committed(parts.table, parts.notes.account_id());
}

Unmet count_unmet(const SweepParts& parts, const state::Sweep& sweep) {
    Unmet unmet;
    for (const state::Unseen& one : parts.table.unseen(sweep))
        ++(one.left_before ? unmet.before : unmet.left);
    return unmet;
}

Task<SweepOutcome> live_sweep(SweepParts parts, Plan plan, const Resolve& resolve,
                              SweepProgress& progress) {
    SweepOutcome outcome;
    auto sweep = parts.table.begin(SweepKind::live, parts.clock.now());
    outcome.failure = co_await run_live_chains(parts, plan, sweep, progress);
    if (outcome.failure) co_return outcome;

    const Unmet unmet = count_unmet(parts, sweep);
    outcome.unmet = unmet.left;
    if (plan.look_ups) {
        const Resolution resolution = resolve(unmet);
        outcome.superseded = resolution.full_at_once;
        if (outcome.superseded) co_return outcome;
        auto look_ups = co_await look_up_unmet(parts, sweep, resolution, progress);
        const auto all = unmet.left + unmet.before;
        outcome.asked = look_ups.asked;
        outcome.put_off = all - std::min(all, look_ups.asked);
        auto failure = std::move(look_ups.failure);
        // Without the permission, or with the last call of a budget spent, the rest is still worth
        // having: the unmet wait for the full sweep. Any other failure may be a matter of seconds,
        // so the sweep is tried again before.
        if (failure && (failure->kind == ErrorKind::denied || failure->kind == ErrorKind::budget ||
                        (plan.look_ups_may_fail && failure->kind != ErrorKind::cancelled))) {
            outcome.look_ups_failed = std::move(failure);
        } else if (failure) {
            outcome.failure = std::move(failure);
            co_return outcome;
        }
    }
    commit(parts, std::move(sweep), outcome);
    co_return outcome;
}

Task<SweepOutcome> full_sweep(SweepParts parts, Plan plan, SweepProgress& progress) {
    SweepOutcome outcome;
    auto sweep = parts.table.begin(SweepKind::full, parts.clock.now());
    if (plan.by_group) {
        outcome.parts = co_await read_group_lists(parts, sweep, progress);
        outcome.failure = outcome.parts->failure;
        // Anew: what has been met before would look like a list that goes round.
        if (!outcome.parts->whole) sweep = parts.table.begin(SweepKind::full, parts.clock.now());
    }
    const streams::Filter everything;
    if (outcome.parts && outcome.parts->whole)
        sweep.read_in_parts();
    else if (!outcome.failure)
        outcome.failure =
            co_await read(parts, plan, sweep, everything, aws::Urgency::full, progress);
    if (!outcome.failure) commit(parts, std::move(sweep), outcome);
    co_return outcome;
}

} // namespace

Task<SweepOutcome> sweep(SweepParts parts, Plan plan, const Resolve& resolve,
                         SweepProgress& progress) {
    if (plan.kind == SweepKind::full) co_return co_await full_sweep(parts, plan, progress);
    co_return co_await live_sweep(parts, plan, resolve, progress);
}

Task<> guarded_sweep(SweepParts parts, Plan plan, const Resolve& resolve, SweepProgress& progress,
                     SweepOutcome& outcome) {
    try {
        auto done = co_await sweep(parts, plan, resolve, progress);
        outcome = std::move(done);
    } catch (const std::exception& escaped) {
        outcome.failure = error_of(ErrorKind::malformed,
                                   std::string{"a bug, please report it: "} + escaped.what());
    }
}

} // namespace gls::poll
