// The pace and the budget of one target as the gate that every call passes: one queue per
// operation, the most urgent first and, of two alike, the one that came first.
#pragma once

#include "aws/call.hpp"
#include "base/clock.hpp"
#include "poll/budget.hpp"
#include "poll/keeping.hpp"
#include "poll/pace.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace gls::poll {

struct PaceSettings {
    double requests_per_second{5};
    std::uint32_t burst{10};
};

class Gate final : public aws::CallGate {
public:
    // `clock` and `budget` are App's; all on the polling thread.
    // `keeping`: told of every call before it goes; null: nobody is.
    Gate(Clock& clock, Budget& budget, PaceSettings settings, Keeping* keeping = nullptr);

    [[nodiscard]] Task<Result<>> admit(std::string operation, aws::Urgency urgency) override;
    void settled(std::string_view operation, bool throttled) override;

    // In force; the configured rate of an operation not called yet.
    [[nodiscard]] double per_second(std::string_view operation) const;
    [[nodiscard]] double burst() const noexcept { return settings_.burst; }
    void configure(PaceSettings settings);

private:
    using Ticket = std::pair<aws::Urgency, std::uint64_t>;
    struct Queue {
        Pace pace;
        std::set<Ticket> waiting;
        std::uint64_t turns{0};
        [[nodiscard]] Ticket next() const; // of those that wait, which there are
    };
    [[nodiscard]] Queue& queue_of(std::string_view operation);

    Clock& clock_;
    Budget& budget_;
    PaceSettings settings_;
    Keeping* keeping_;
    std::map<std::string, Queue, std::less<>> queues_;
    std::uint64_t tickets_{0};
};

} // namespace gls::poll
