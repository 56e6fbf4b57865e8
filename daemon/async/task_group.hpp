// The tasks of one io_context, none of them detached. Stopping goes in steps: "total" asks each
// task to finish the step in hand, a bounded time later "terminal" cuts its waits off. A task hears
// of "total" only where it has enabled it (a wait that may be cut short), so it looks at stopping()
// between steps.
#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_type.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace gls {

class TaskGroup {
public:
    // `log` outlives every task.
    TaskGroup(boost::asio::any_io_executor executor, Log& log);

    // The task's waits report cancellation as values: none of them throws. An exception that leaves
    // it is a bug, logged as task_escaped; the other tasks go on. A group that is stopping starts
    // nothing.
    void start(std::string name, Task<> task);

    [[nodiscard]] std::size_t running() const;
    [[nodiscard]] bool stopping() const;

    // Total, at most `grace`, terminal, at most `grace` again. Returns how many tasks are still
    // there. Not to be called by a task of this group.
    [[nodiscard]] Task<std::size_t> stop(Clock& clock, milliseconds grace);
    void cancel(boost::asio::cancellation_type type); // to every task, at once
    // Until no task is left; false if cancelled.
    [[nodiscard]] Task<bool> empty();

private:
    struct State;
    std::shared_ptr<State> state_; // shared with the completions, which may outlive the group
};

// A sleep that a stopping group cuts short by "total", inside a task that otherwise finishes its
// step. False if it is time to stop.
[[nodiscard]] Task<bool> idle(const TaskGroup& group, Clock& clock, milliseconds duration);

} // namespace gls
