#include "async/within.hpp"

namespace gls::detail {

Task<bool> race_sleep(Clock& clock, milliseconds limit) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    co_await boost::asio::this_coro::reset_cancellation_state(
        boost::asio::enable_total_cancellation());
    const bool slept = co_await clock.sleep_for(limit);
    co_return slept;
}

} // namespace gls::detail
