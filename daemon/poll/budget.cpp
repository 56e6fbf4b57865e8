#include "poll/budget.hpp"

#include <algorithm>

namespace gls::poll {

Budget::Budget(std::uint64_t per_day, state::CallsSpent spent) : per_day_{per_day}, spent_{spent} {}

// Days only go forward: a clock set back over midnight does not give a day's calls a second time. A
// day further ahead than that was never there: what was spent on it counts today, because else
// nothing would be given back until it comes.
void Budget::turn(WallTime now) {
    const auto today = std::chrono::floor<std::chrono::days>(now);
    if (spent_.day > today + std::chrono::days{1}) spent_.day = today;
    if (today <= spent_.day) return;
    spent_.day = today;
    spent_.calls = 0;
}

bool Budget::take(WallTime now) {
    turn(now);
    if (per_day_ != 0 && spent_.calls >= per_day_) return false;
    ++spent_.calls;
    return true;
}

std::optional<std::uint64_t> Budget::per_day() const noexcept {
    return per_day_ == 0 ? std::nullopt : std::optional{per_day_};
}

std::optional<std::uint64_t> Budget::remaining(WallTime now) {
    turn(now);
    if (per_day_ == 0) return std::nullopt;
    return spent_.calls >= per_day_ ? 0 : per_day_ - spent_.calls;
}

std::optional<BudgetLeft> Budget::left(WallTime now, std::uint64_t reserved) {
    const auto calls = remaining(now);
    if (!calls) return std::nullopt;
    BudgetLeft left;
    reserved += set_aside_;
    left.calls = *calls > reserved ? *calls - reserved : 0;
    left.until_reset = std::max(milliseconds{1}, WallTime{spent_.day + std::chrono::days{1}} - now);
    left.per_day = per_day_;
    return left;
}

void Budget::shared_with(std::uint64_t calls, milliseconds interval) noexcept {
    calls_of_others_ = interval > milliseconds{0} ? calls : 0;
    interval_of_others_ = interval;
}

std::optional<BudgetLeft> Budget::left_for_sweeps(WallTime now, std::uint64_t reserved) {
    auto budget = left(now, reserved);
    if (!budget || calls_of_others_ == 0) return budget;
    const auto without_others = [&](std::uint64_t calls, milliseconds time) {
        const auto times = static_cast<std::uint64_t>(time / interval_of_others_);
        return calls - std::min(calls / share_of_others, times * calls_of_others_);
    };
    budget->calls = without_others(budget->calls, budget->until_reset);
    budget->per_day = without_others(budget->per_day, std::chrono::hours{24});
    return budget;
}

SetAside::SetAside(Budget& budget, std::uint64_t calls) : budget_{budget}, calls_{calls} {
    budget_.set_aside_ += calls_;
}

SetAside::~SetAside() {
    budget_.set_aside_ -= calls_;
}

} // namespace gls::poll
