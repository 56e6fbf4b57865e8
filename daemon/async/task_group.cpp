#include "async/task_group.hpp"

#include "async/event.hpp"

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
    bool cancelled{false};
};

TaskGroup::TaskGroup(asio::any_io_executor executor, Log& log)
    : state_{std::make_shared<State>(std::move(executor), log)} {}

void TaskGroup::start(std::string name, Task<> task) {
    if (state_->cancelled) return;
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

void TaskGroup::cancel() {
    state_->cancelled = true;
    // A copy: a task may end, and leave the list, while it is told.
    const auto children = state_->children;
    for (const auto& child : children)
        child->signal.emit(asio::cancellation_type::terminal);
}

Task<bool> TaskGroup::empty() {
    const auto state = state_;
    while (!state->children.empty()) {
        const bool woken = co_await state->emptied.wait();
        if (!woken) co_return false;
    }
    co_return true;
}

} // namespace gls
