// requests_per_day: attempts counted over the UTC day, and refused once it is spent. Pure.
#pragma once

#include "base/time.hpp"
#include "poll/situation.hpp"
#include "state/calls_spent.hpp"

#include <cstdint>
#include <optional>

namespace gls::poll {

class Budget {
public:
    explicit Budget(std::uint64_t per_day,
                    state::CallsSpent spent = {}); // 0: no budget, nothing is refused

    [[nodiscard]] bool take(WallTime now); // one attempt; false: none left today
    [[nodiscard]] std::optional<std::uint64_t> per_day() const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> remaining(WallTime now);
    // `reserved`: what running sweeps are still to spend. What is set aside is left out too.
    [[nodiscard]] std::optional<BudgetLeft> left(WallTime now, std::uint64_t reserved);
    // Less what others will take of it until midnight, so that sweeps do not plan with that.
    [[nodiscard]] std::optional<BudgetLeft> left_for_sweeps(WallTime now, std::uint64_t reserved);
    // Who reads beside the sweeps: so many calls every `interval`, a quarter of what is left at
    // most. 0: nobody.
    void shared_with(std::uint64_t calls, milliseconds interval) noexcept;
    [[nodiscard]] const state::CallsSpent& spent() const noexcept { return spent_; }
    void configure(std::uint64_t per_day) noexcept { per_day_ = per_day; }

private:
    friend class SetAside;

    void turn(WallTime now);

    std::uint64_t per_day_;
    state::CallsSpent spent_;
    std::uint64_t set_aside_{0};
    std::uint64_t calls_of_others_{0};
    milliseconds interval_of_others_{0};
};

// What others than sweeps may take of a budget: one in so many calls that are left.
inline constexpr std::uint64_t share_of_others = 4;

// For what runs beside the sweeps: its calls, for as long as this lives, so that no sweep begins
// that needs them to end. `budget` outlives it.
class SetAside {
public:
    SetAside(Budget& budget, std::uint64_t calls);
    SetAside(const SetAside&) = delete;
    SetAside& operator=(const SetAside&) = delete;
    ~SetAside();

private:
    Budget& budget_;
    std::uint64_t calls_;
};

} // namespace gls::poll
