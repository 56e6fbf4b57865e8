// What the day's budget does not hold: said once in the log, and to whoever asks as long as it
// lasts.
#pragma once

#include "base/log.hpp"
#include "state/sweep_kind.hpp"

#include <array>
#include <string>
#include <string_view>

namespace gls::poll {

class BudgetWaits {
public:
    BudgetWaits(Log& log, std::string target) : log_{log}, target_{std::move(target)} {}

    // `live`: nothing that would renew the picture can begin before midnight; `full`: no day holds
    // a full sweep.
    void note(state::SweepKind lane, bool waits);
    [[nodiscard]] bool of(state::SweepKind lane) const noexcept {
        return waits_[static_cast<std::size_t>(lane)];
    }
    // One sentence; "" where nothing waits.
    [[nodiscard]] std::string_view told() const noexcept;

private:
    Log& log_;
    std::string target_;
    std::array<bool, 2> waits_{};
};

} // namespace gls::poll
