#include "poll/group_lists.hpp"

#include "async/cancelled.hpp"
#include "async/together.hpp"
#include "poll/chain.hpp"
#include "poll/split.hpp"
#include "state/group_sizes.hpp"
#include "streams/list_inventory.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gls::poll {

namespace {

using Names = std::set<std::string, std::less<>>;

// Whether the table knows of no stream group but these; hidden sessions, too, have theirs.
bool are_all(const Names& listed, const SweepParts& parts, const state::Sweep& sweep) {
    const auto is_listed = [&](const auto& known) { return listed.contains(known.stream_group); };
    return std::ranges::all_of(state::group_sizes(parts.table), is_listed) &&
           std::ranges::all_of(parts.table.unseen(sweep), is_listed);
}

// The largest first, so that none is still being read when all others are done.
std::vector<std::string> in_order(Names listed, const SweepParts& parts) {
    std::vector<std::string> order;
    for (const state::GroupSize& group : state::group_sizes(parts.table)) {
        if (listed.erase(group.stream_group) > 0) order.push_back(group.stream_group);
    }
    order.insert(order.end(), listed.begin(), listed.end());
    return order;
}

// Lives in the coroutine that awaits its parts.
class Parts final : public SharedWork {
public:
    Parts(SweepParts parts, state::Sweep& sweep, SweepProgress& progress,
          std::vector<std::string> stream_groups)
        : parts_{parts}, sweep_{sweep}, progress_{progress},
          stream_groups_{std::move(stream_groups)} {}

    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
    [[nodiscard]] bool over() const override {
        return failure_.has_value() || next_ == stream_groups_.size();
    }

    Task<> next() override {
        streams::Filter filter;
        filter.stream_group = stream_groups_[next_++];
        const streams::PageLimits limits;
        auto chain = co_await run_chain(parts_, sweep_, std::move(filter), aws::Urgency::full,
                                        limits, progress_, &failure_);
        if (chain.failure && !failure_) failure_ = std::move(chain.failure);
    }

private:
    SweepParts parts_;
    state::Sweep& sweep_;
    SweepProgress& progress_;
    std::vector<std::string> stream_groups_;
    std::size_t next_{0};
    std::optional<Error> failure_;
};

PartsRead broken_off(Error error) {
    PartsRead read;
    if (error.kind == ErrorKind::denied) {
        read.denied = std::move(error);
    } else if (error.kind != ErrorKind::not_found) { // deleted meanwhile
        read.failure = std::move(error);
    }
    return read;
}

} // namespace

Task<PartsRead> read_group_lists(SweepParts parts, state::Sweep& sweep, SweepProgress& progress) {
    const auto listed = co_await streams::list_stream_groups(parts.api, aws::Urgency::full);
    progress.calls += listed.attempts;
    if (listed.failure) co_return broken_off(*listed.failure);
    const bool stop = co_await cancelled(); // the parts would not hear of it
    if (stop) co_return broken_off(fail(ErrorKind::cancelled, "stopped").error());

    const Names names{listed.ids.begin(), listed.ids.end()};
    PartsRead read;
    read.stream_groups = names.size();
    if (!are_all(names, parts, sweep)) co_return read;
    Parts work{parts, sweep, progress, in_order(names, parts)};
    co_await work_off(work, parts_at_a_time);
    if (work.failure()) co_return broken_off(*work.failure());
    read.whole = are_all(names, parts, sweep); // a live sweep may have met others meanwhile
    co_return read;
}

} // namespace gls::poll
