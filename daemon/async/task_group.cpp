#include "async/task_group.hpp"

#include "async/event.hpp"
#include "async/within.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <list>
#include <utility>
#include <vector>

namespace gls {
namespace {

namespace asio = boost::asio;

std::string words_of(const std::exception_ptr& escaped) {
    try {
        std::rethrow_exception(escaped);
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "an exception that is no std::exception";
    }
}

Task<> reporting(Task<> task) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await std::move(task);
}

} // namespace

struct TaskGroup::State {
    struct Child {
        std::string name;
        asio::cancellation_signal signal;
    };

    State(asio::any_io_executor e, Log& l) : executor{std::move(e)}, log{l}, emptied{executor} {}

    void ended(const std::shared_ptr<Child>& child, const std::exception_ptr& escaped) {
        if (escaped)
            log.error("task_escaped", {{"task", child->name}, {"error", words_of(escaped)}});
        std::erase(children, child);
        if (children.empty()) emptied.notify_all();
    }

    asio::any_io_executor executor;
    Log& log;
    Event emptied;
    std::list<std::shared_ptr<Child>> children;
    bool stopping{false};
};

TaskGroup::TaskGroup(asio::any_io_executor executor, Log& log)
    : state_{std::make_shared<State>(std::move(executor), log)} {}

void TaskGroup::start(std::string name, Task<> task) {
    if (state_->stopping) return;
    const auto child = std::make_shared<State::Child>();
    child->name = std::move(name);
    state_->children.push_back(child);
    auto ended = [state = state_, child](const std::exception_ptr& escaped) {
        state->ended(child, escaped);
    };
    asio::co_spawn(state_->executor, reporting(std::move(task)),
                   asio::bind_cancellation_slot(child->signal.slot(), std::move(ended)));
}

std::size_t TaskGroup::running() const {
    return state_->children.size();
}

bool TaskGroup::stopping() const {
    return state_->stopping;
}

void TaskGroup::cancel(asio::cancellation_type type) {
    state_->stopping = true;
    // A copy: a task may end, and leave the list, while it is told.
    const auto children = state_->children;
    for (const auto& child : children)
        child->signal.emit(type);
}

Task<bool> TaskGroup::empty() {
    const auto state = state_;
    while (!state->children.empty()) {
        const bool woken = co_await state->emptied.wait();
        if (!woken) co_return false;
    }
    co_return true;
}

Task<std::size_t> TaskGroup::stop(Clock& clock, milliseconds grace) {
    for (const auto type : {asio::cancellation_type::total, asio::cancellation_type::terminal}) {
        cancel(type);
        const Outcome<bool> ended = co_await within(clock, grace, empty());
        if (ended.ended == Ended::done) break;
    }
    co_return running();
}

Task<bool> idle(const TaskGroup& group, Clock& clock, milliseconds duration) {
    if (group.stopping()) co_return false;
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    const bool slept = co_await clock.sleep_for(duration);
    const auto state = co_await asio::this_coro::cancellation_state;
    // Back to "terminal only". A terminal request stays on record; "total" is told by stopping(),
    // so that the task can still wait for what it does last.
    if ((state.cancelled() & asio::cancellation_type::terminal) == asio::cancellation_type::none)
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    co_return slept && !group.stopping();
}

} // namespace gls
