#include "async/slots.hpp"

#include "async/cancelled.hpp"
#include "base/time.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace gls {

namespace asio = boost::asio;

Slot::~Slot() {
    if (slots_ != nullptr) slots_->give_back();
}

Slot Slots::try_take() {
    if (free_ == 0) return Slot{};
    --free_;
    return Slot{*this};
}

Task<Slot> Slots::take() {
    if (const bool stop = co_await cancelled(); stop) co_return Slot{};
    if (Slot slot = try_take(); slot) co_return slot;
    const auto self =
        waiters_.emplace(waiters_.end(), asio::steady_timer{executor_, SteadyTime::max()});
    (void)co_await self->never.async_wait(asio::as_tuple(asio::use_awaitable));
    // Served and cancelled in the same moment: the place is taken, and given back by its owner.
    const bool served = self->served;
    waiters_.erase(self);
    co_return served ? Slot{*this} : Slot{};
}

void Slots::give_back() noexcept {
    for (Waiter& waiter : waiters_) {
        if (waiter.served) continue; // woken already, has not run yet
        waiter.served = true;
        waiter.never.cancel();
        return;
    }
    ++free_;
}

} // namespace gls
