// A wait with a deadline, in three outcomes. The first to finish wins and the other is cancelled
// (terminal) and waited for, so nothing goes on behind the caller's back: the work must heed
// cancellation.
#pragma once

#include "async/cancelled.hpp"
#include "base/clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace gls {

enum class Ended {
    done,      // the work has finished by itself
    timed_out, // the deadline came first; what the work returned after that is dropped
    cancelled, // the caller was asked to stop; the request has reached the work too
};

template <class T>
struct Outcome {
    Ended ended{Ended::cancelled};
    std::optional<T> value{}; // holds one exactly if `done`
};
template <>
struct Outcome<void> {
    Ended ended{Ended::cancelled};
};

namespace detail {

// Both racers are cut off as the caller would be, and report it instead of throwing.
template <class T>
Task<> race_work(Task<T> work, std::shared_ptr<Outcome<T>> outcome,
                 std::shared_ptr<bool> finished) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    co_await boost::asio::this_coro::reset_cancellation_state(
        boost::asio::enable_total_cancellation());
    if constexpr (std::is_void_v<T>) {
        co_await std::move(work);
    } else {
        T value = co_await std::move(work);
        outcome->value.emplace(std::move(value));
    }
    *finished = true;
}

Task<bool> race_sleep(Clock& clock, milliseconds limit);

} // namespace detail

// An exception of the work (a bug) goes on to the caller.
template <class T>
Task<Outcome<T>> within(Clock& clock, milliseconds limit, Task<T> work) {
    namespace asio = boost::asio;
    Outcome<T> stopped;
    if (const bool stop = co_await cancelled(); stop) co_return stopped;

    const auto outcome = std::make_shared<Outcome<T>>();
    const auto finished = std::make_shared<bool>(false);
    const auto executor = co_await asio::this_coro::executor;
    auto racer = detail::race_work<T>(std::move(work), outcome, finished);
    auto timer = detail::race_sleep(clock, limit);
    auto group = asio::experimental::make_parallel_group(
        asio::co_spawn(executor, std::move(racer), asio::deferred),
        asio::co_spawn(executor, std::move(timer), asio::deferred));
    const auto [order, escaped, timer_escaped, slept] = co_await group.async_wait(
        asio::experimental::wait_for_one(), asio::as_tuple(asio::use_awaitable));
    if (escaped) std::rethrow_exception(escaped);
    if (timer_escaped) std::rethrow_exception(timer_escaped);

    const bool stop = co_await cancelled();
    if (order[0] == 0 && *finished && !stop) {
        outcome->ended = Ended::done;
        co_return std::move(*outcome);
    }
    stopped.ended = slept && !stop ? Ended::timed_out : Ended::cancelled;
    co_return stopped;
}

} // namespace gls
