#include "poll/budget_waits.hpp"

#include "poll/failure_log.hpp"

namespace gls::poll {

namespace {

struct Words {
    std::string_view event;
    std::string_view reason;
};

constexpr std::array<Words, 2> words{
    {{"sweeps_wait_for_budget",
      "requests_per_day leaves too few calls for a sweep; they go on after midnight UTC"},
     {"no_full_sweep_in_budget",
      "requests_per_day does not hold a full sweep, so ended sessions are not corrected and are "
      "shown only while the last one is young enough"}}};

} // namespace

void BudgetWaits::note(state::SweepKind lane, bool waits) {
    const auto index = static_cast<std::size_t>(lane);
    if (waits && !waits_[index])
        log_.warn(words[index].event, {{"target", target_},
                                       {"reason", words[index].reason},
                                       {"advice", advice_on(ErrorKind::budget)}});
    waits_[index] = waits;
}

std::string_view BudgetWaits::told() const noexcept {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (waits_[i]) return words[i].reason;
    }
    return {};
}

} // namespace gls::poll
