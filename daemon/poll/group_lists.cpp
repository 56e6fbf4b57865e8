#include "poll/group_lists.hpp"

#include "async/together.hpp"
#include "poll/chain.hpp"
#include "poll/split.hpp"
#include "state/group_sizes.hpp"
#include "streams/list_inventory.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gls::poll {

namespace {

using Names = std::set<std::string, std::less<>>;

// The groups listed, the largest first, so that none is still being read when all others are done.
// Empty where the table knows of one that is not listed; hidden sessions, too, have theirs.
std::vector<std::string> in_order(const SweepParts& parts, const state::Sweep& sweep,
                                  const std::vector<std::string>& listed) {
    const Names all{listed.begin(), listed.end()};
    for (const state::Unseen& known : parts.table.unseen(sweep)) {
        if (!all.contains(known.stream_group)) return {};
    }
    Names new_ones{all};
    std::vector<std::string> order;
    for (const state::GroupSize& group : state::group_sizes(parts.table)) {
        if (new_ones.erase(group.stream_group) == 0) return {};
        order.push_back(group.stream_group);
    }
    order.insert(order.end(), new_ones.begin(), new_ones.end());
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
                                        limits, progress_);
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

GroupLists broken_off(Error error) {
    GroupLists lists;
    if (error.kind == ErrorKind::denied) {
        lists.denied = std::move(error);
    } else if (error.kind != ErrorKind::not_found) { // deleted meanwhile
        lists.failure = std::move(error);
    }
    return lists;
}

} // namespace

Task<GroupLists> read_group_lists(SweepParts parts, state::Sweep& sweep, SweepProgress& progress) {
    const auto listed = co_await streams::list_stream_groups(parts.api, aws::Urgency::full);
    progress.calls += listed.attempts;
    if (listed.failure) co_return broken_off(*listed.failure);
    auto stream_groups = in_order(parts, sweep, listed.ids);
    if (stream_groups.empty()) co_return GroupLists{};
    Parts work{parts, sweep, progress, std::move(stream_groups)};
    co_await work_off(work, parts_at_a_time);
    if (work.failure()) co_return broken_off(*work.failure());
    GroupLists lists;
    lists.whole = true;
    co_return lists;
}

} // namespace gls::poll
