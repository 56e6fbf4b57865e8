// The tasks of one io_context, none of them detached: who has started them can end them, and wait
// until the last is gone.
#pragma once

#include "base/log.hpp"
#include "base/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace gls {

class TaskGroup {
public:
    // `log` outlives every task.
    TaskGroup(boost::asio::any_io_executor executor, Log& log);

    // The task's waits report cancellation as values: none of them throws. An exception that leaves
    // it is a bug, logged as task_escaped; the other tasks go on. A group that has been cancelled
    // starts nothing.
    void start(std::string name, Task<> task);

    [[nodiscard]] std::size_t running() const;
    // Cuts the waits of every task off ("terminal"); the tasks end in turns to come.
    void cancel();
    // Until no task is left; false if cancelled.
    [[nodiscard]] Task<bool> empty();

private:
    struct State;
    std::shared_ptr<State> state_; // shared with the completions, which may outlive the group
};

} // namespace gls
