// Lets coroutines of one io_context wait until another one says that something has changed. It
// holds no state: whoever waits looks at its own condition before and after.
#pragma once

#include "base/task.hpp"
#include "base/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace gls {

class Event {
public:
    explicit Event(const boost::asio::any_io_executor& executor);

    void notify_all() { never_.cancel(); }
    // False if the wait was cancelled. Destroying the event wakes all waiters too.
    [[nodiscard]] Task<bool> wait();

private:
    boost::asio::steady_timer never_; // does not expire by itself
};

} // namespace gls
