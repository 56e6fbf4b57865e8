#include "poll/chain.hpp"

#include <utility>

namespace gls::poll {

Task<streams::Chain> run_chain(SweepParts parts, state::Sweep& sweep, streams::Filter filter,
                               aws::Urgency urgency, streams::PageLimits limits,
                               SweepProgress& progress, const std::optional<Error>* in_vain) {
    Readings readings{parts.table, sweep, parts.notes, &progress, in_vain};
    co_return co_await streams::list_pages(parts.api, parts.reader, readings, std::move(filter),
                                           urgency, limits);
}

} // namespace gls::poll
