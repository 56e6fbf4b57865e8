#include "async/event.hpp"

#include "async/cancelled.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace gls {

Event::Event(const boost::asio::any_io_executor& executor) : never_{executor, SteadyTime::max()} {}

Task<bool> Event::wait() {
    if (const bool stop = co_await cancelled(); stop) co_return false;
    (void)co_await never_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    const bool stop = co_await cancelled();
    co_return !stop;
}

} // namespace gls
