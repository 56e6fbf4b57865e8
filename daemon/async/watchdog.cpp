#include "async/watchdog.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace gls {

namespace asio = boost::asio;

struct Watchdog::State : std::enable_shared_from_this<Watchdog::State> {
    State(asio::any_io_executor e, Clock& c) : executor{std::move(e)}, clock{c} {}

    void added(SteadyTime deadline) {
        if (!sleeping) {
            sleeping = true;
            auto ended = [](const std::exception_ptr& escaped) {
                if (escaped) std::rethrow_exception(escaped);
            };
            wakes_at = deadline;
            asio::co_spawn(executor, sleep(shared_from_this()),
                           asio::bind_cancellation_slot(wake.slot(), ended));
        } else if (deadline < wakes_at) {
            wakes_at = deadline; // asked for once, however many come before the sleeper runs
            wake.emit(asio::cancellation_type::terminal);
        }
    }

    void end_due() {
        const SteadyTime now = clock.steady_now();
        for (Watch* watch : watches) {
            if (watch->expired_ || watch->deadline_ > now) continue;
            watch->expired_ = true;
            watch->end_();
        }
    }

    // The earliest deadline not yet reached; max() where there is none.
    [[nodiscard]] SteadyTime next() const {
        SteadyTime earliest = SteadyTime::max();
        for (const Watch* watch : watches)
            if (!watch->expired_) earliest = std::min(earliest, watch->deadline_);
        return earliest;
    }

    // Until no deadline is left. Woken early by a nearer one, or by the watchdog's end.
    static Task<> sleep(std::shared_ptr<State> state) {
        co_await asio::this_coro::throw_if_cancelled(false);
        for (;;) {
            co_await asio::this_coro::reset_cancellation_state();
            if (state->closed) break;
            state->end_due();
            state->wakes_at = state->next();
            if (state->wakes_at == SteadyTime::max()) break;
            const auto left = state->wakes_at - state->clock.steady_now();
            (void)co_await state->clock.sleep_for(std::chrono::ceil<milliseconds>(left));
        }
        state->sleeping = false;
    }

    asio::any_io_executor executor;
    Clock& clock;
    std::list<Watch*> watches;
    asio::cancellation_signal wake;
    SteadyTime wakes_at;
    bool sleeping{false};
    bool closed{false};
};

Watchdog::Watchdog(asio::any_io_executor executor, Clock& clock)
    : state_{std::make_shared<State>(std::move(executor), clock)} {}

Watchdog::~Watchdog() {
    state_->closed = true;
    if (state_->sleeping) state_->wake.emit(asio::cancellation_type::terminal);
}

bool Watchdog::sleeping() const {
    return state_->sleeping;
}

Watchdog::Watch::Watch(Watchdog& watchdog, SteadyTime deadline, std::function<void()> end)
    : state_{watchdog.state_}, deadline_{deadline}, end_{std::move(end)},
      place_{state_->watches.insert(state_->watches.end(), this)} {
    state_->added(deadline);
}

Watchdog::Watch::~Watch() {
    state_->watches.erase(place_);
}

} // namespace gls
