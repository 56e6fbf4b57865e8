// Time that stands still until the test moves it. Every sleep is a timer that never expires and
// that the clock cancels when its moment has come, so that a run is the same each time. Not
// thread-safe.
#pragma once

#include "base/clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <list>
#include <optional>
#include <vector>

namespace gls::test {

class ManualClock final : public Clock {
public:
    // 2026-01-01T00:00:00Z unless told otherwise; any fixed moment does.
    explicit ManualClock(WallTime start = WallTime{seconds{1767225600}}) : wall_{start} {}

    [[nodiscard]] WallTime now() const override { return wall_; }
    [[nodiscard]] SteadyTime steady_now() const override { return steady_; }
    Task<bool> sleep_for(milliseconds duration) override;

    // Moves both clocks and wakes the sleepers whose moment has come, in its order; they run when
    // the io_context next does. A sleep begun by one of them counts from the new time: to see each
    // step of a longer span, use the overload below.
    void advance(milliseconds duration);
    // The same, but stops at each sleeper's moment on the way and lets the context run there.
    void advance(boost::asio::io_context& context, milliseconds duration);
    // To the moment of the next sleeper; false if nobody sleeps.
    bool advance_to_next();
    // The wall clock alone, as when somebody sets it.
    void jump(milliseconds by) { wall_ += by; }

    [[nodiscard]] std::size_t sleeping() const { return sleepers_.size(); }
    // Every sleep asked for so far, in order, cancelled ones too.
    [[nodiscard]] const std::vector<milliseconds>& sleeps() const { return sleeps_; }
    void forget_sleeps() { sleeps_.clear(); }

private:
    struct Sleeper {
        SteadyTime until;
        boost::asio::steady_timer timer; // never expires by itself
        bool due{false};
    };

    [[nodiscard]] std::optional<SteadyTime> next() const;

    WallTime wall_;
    SteadyTime steady_{seconds{1000}};
    std::list<Sleeper> sleepers_;
    std::vector<milliseconds> sleeps_;
};

} // namespace gls::test
