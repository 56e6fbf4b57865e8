// The process's signals as calls on an io_context. SIGTERM or SIGINT: stop in order; a second one:
// end at once. SIGHUP: reload. SIGPIPE is ignored: a peer that has gone is an error of its own
// connection.
#pragma once

#include "base/log.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace gls {

struct SignalActions {
    std::function<void()> stop;     // once, at the first of SIGTERM and SIGINT
    std::function<void()> stop_now; // at the second: ends the process with exit code 3
    std::function<void()> reload;   // at each SIGHUP until the stop
};

class Signals {
public:
    // From here on the signals are taken, whether or not the context runs yet.
    Signals(const boost::asio::any_io_executor& executor, Log& log, SignalActions actions);
    ~Signals(); // the actions are not called any more
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

private:
    struct State;
    std::shared_ptr<State> state_; // shared with the wait
};

// For a process at its end: from here on a late SIGTERM or SIGINT of this thread waits for ever,
// where it would otherwise kill by its default action and spoil the exit code.
void hold_back_signals() noexcept;

} // namespace gls
