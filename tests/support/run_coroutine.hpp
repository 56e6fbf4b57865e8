// Drives a Task to its result without waiting in real time. The test fails if the task is still
// waiting when nothing is left that could wake it, and if it leaves work behind.
#pragma once

#include "base/task.hpp"
#include "support/manual_clock.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace gls::test {

// Runs until `done`; with a clock, each time the context is idle the clock moves to its next
// sleeper. Fails the test as said above.
void run_until(boost::asio::io_context& context, ManualClock* clock, const bool& done);

namespace detail {

template <class T>
T run(boost::asio::io_context& context, ManualClock* clock, Task<T> task) {
    using Stored = std::conditional_t<std::is_void_v<T>, char, T>;
    std::optional<Stored> result; // NOLINT(misc-const-correctness): not where T is void
    std::exception_ptr escaped;
    bool done = false;
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr e) {
            escaped = e;
            done = true;
        });
    } else {
        boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr e, T value) {
            escaped = e;
            if (!e) result.emplace(std::move(value));
            done = true;
        });
    }
    run_until(context, clock, done);
    if (escaped) std::rethrow_exception(escaped);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

} // namespace detail

// For tasks that do not sleep.
template <class T>
T run_coroutine(boost::asio::io_context& context, Task<T> task) {
    return detail::run<T>(context, nullptr, std::move(task));
}

// For tasks that sleep on this clock: their sleeps pass at once and are on record in the clock.
template <class T>
T run_coroutine(boost::asio::io_context& context, ManualClock& clock, Task<T> task) {
    return detail::run<T>(context, &clock, std::move(task));
}

} // namespace gls::test
