// A task that a test starts, looks at, and cancels.
#pragma once

#include "base/task.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace gls::test {

// Waits report cancellation instead of throwing, as they do in every task of the daemon.
template <class T>
Task<T> reporting(Task<T> task) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    co_await boost::asio::this_coro::reset_cancellation_state(
        boost::asio::enable_total_cancellation());
    T value = co_await std::move(task);
    co_return value;
}

template <class T>
class Spawned {
public:
    Spawned(boost::asio::io_context& context, Task<T> task) {
        auto ended = [this](std::exception_ptr e, T value) {
            escaped = e;
            if (!e) result.emplace(std::move(value));
        };
        boost::asio::co_spawn(context, reporting(std::move(task)),
                              boost::asio::bind_cancellation_slot(signal.slot(), ended));
    }
    Spawned(const Spawned&) = delete;
    Spawned& operator=(const Spawned&) = delete;
    void cancel(boost::asio::cancellation_type type = boost::asio::cancellation_type::terminal) {
        signal.emit(type);
    }

    std::optional<T> result;
    std::exception_ptr escaped;

private:
    boost::asio::cancellation_signal signal;
};

inline void poll(boost::asio::io_context& context) {
    context.restart();
    context.poll();
}

} // namespace gls::test
