// requests_per_day: attempts counted over the UTC day, and refused once it is spent. Pure.
#pragma once

#include "base/time.hpp"
#include "poll/plan.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

// What is kept over restarts.
struct BudgetSpent {
    std::chrono::sys_days day{};
    std::uint64_t calls{0};
    friend bool operator==(const BudgetSpent&, const BudgetSpent&) = default;
};

class Budget {
public:
    explicit Budget(std::uint64_t per_day,
                    BudgetSpent spent = {}); // 0: no budget, nothing is refused

    [[nodiscard]] bool take(WallTime now); // one attempt; false: none left today
    [[nodiscard]] std::optional<std::uint64_t> per_day() const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> remaining(WallTime now);
    // `reserved`: what running sweeps are still to spend.
    [[nodiscard]] std::optional<BudgetLeft> left(WallTime now, std::uint64_t reserved);
    [[nodiscard]] BudgetSpent spent() const noexcept { return spent_; }
    void configure(std::uint64_t per_day) noexcept { per_day_ = per_day; }

private:
    void turn(WallTime now);

    std::uint64_t per_day_;
    BudgetSpent spent_;
};

} // namespace gls::poll
