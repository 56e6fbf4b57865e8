#include "support/manual_clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <functional>

namespace gls::test {
namespace {

namespace asio = boost::asio;

} // namespace

Task<bool> ManualClock::sleep_for(milliseconds duration) {
    sleeps_.push_back(duration);
    // A request to stop that came between two waits must not be slept through.
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) co_return false;
    const auto executor = co_await asio::this_coro::executor;
    const auto self = sleepers_.insert(sleepers_.end(),
                                       Sleeper{steady_ + duration, asio::steady_timer{executor}});
    self->timer.expires_at(SteadyTime::max());
    if (duration <= milliseconds{0}) {
        self->due = true; // still goes through the context, as a real timer does
        asio::post(executor, [timer = &self->timer] { timer->cancel(); });
    }
    (void)co_await self->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    const bool due = self->due;
    sleepers_.erase(self);
    co_return due;
}

std::optional<SteadyTime> ManualClock::next() const {
    std::optional<SteadyTime> earliest;
    for (const Sleeper& sleeper : sleepers_)
        if (!sleeper.due && (!earliest || sleeper.until < *earliest)) earliest = sleeper.until;
    return earliest;
}

void ManualClock::advance(milliseconds duration) {
    wall_ += duration;
    steady_ += duration;
    std::vector<Sleeper*> due;
    for (Sleeper& sleeper : sleepers_)
        if (!sleeper.due && sleeper.until <= steady_) due.push_back(&sleeper);
    std::ranges::stable_sort(due, std::less{}, &Sleeper::until);
    for (Sleeper* sleeper : due) {
        sleeper->due = true;
        sleeper->timer.cancel();
    }
}

void ManualClock::advance(asio::io_context& context, milliseconds duration) {
    const SteadyTime end = steady_ + duration;
    const auto run = [&] {
        context.restart();
        context.poll();
    };
    for (run(); const auto moment = next(); run()) {
        if (*moment > end) break;
        advance(std::chrono::ceil<milliseconds>(*moment - steady_));
    }
    advance(std::chrono::ceil<milliseconds>(end - steady_));
    run();
}

bool ManualClock::advance_to_next() {
    const auto moment = next();
    if (!moment) return false;
    advance(std::max(std::chrono::ceil<milliseconds>(*moment - steady_), milliseconds{0}));
    return true;
}

} // namespace gls::test
