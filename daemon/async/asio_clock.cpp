#include "async/asio_clock.hpp"

#include "async/cancelled.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace gls {
namespace {

namespace asio = boost::asio;

class AsioClock final : public Clock {
public:
    [[nodiscard]] WallTime now() const override {
        return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] SteadyTime steady_now() const override {
        return std::chrono::steady_clock::now();
    }

    Task<bool> sleep_for(milliseconds duration) override {
        // A year is for ever here, and far from where adding to the present would overflow.
        static constexpr milliseconds longest = std::chrono::hours{24 * 365};
        if (const bool stop = co_await cancelled(); stop) co_return false;
        asio::steady_timer timer{co_await asio::this_coro::executor};
        timer.expires_after(std::min(duration, longest));
        const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
        co_return !error;
    }
};

} // namespace

std::unique_ptr<Clock> asio_clock() {
    return std::make_unique<AsioClock>();
}

} // namespace gls
