// Deadlines for many short waits with one sleeper for all of them: a wait that ends in time costs
// no timer. For the requests of a sweep, thousands of which pass long before the first deadline
// comes.
#pragma once

#include "base/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <list>
#include <memory>

namespace gls {

class Watchdog {
public:
    // `clock` outlives the io_context's work.
    Watchdog(boost::asio::any_io_executor executor, Clock& clock);
    ~Watchdog(); // deadlines not yet reached are forgotten
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

private:
    struct State;

public:
    // Watches while it lives. Once the deadline has passed, calls `end` once, which must only cut a
    // wait off (cancel a socket or a timer), and expired() is true from then on.
    class Watch {
    public:
        Watch(Watchdog& watchdog, SteadyTime deadline, std::function<void()> end);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        [[nodiscard]] bool expired() const { return expired_; }

    private:
        friend struct State;
        std::shared_ptr<State> state_;
        SteadyTime deadline_;
        std::function<void()> end_;
        std::list<Watch*>::iterator place_;
        bool expired_{false};
    };

    // Whether a sleeper is on its way, for tests.
    [[nodiscard]] bool sleeping() const;

private:
    std::shared_ptr<State> state_; // shared with the sleeper
};

} // namespace gls
