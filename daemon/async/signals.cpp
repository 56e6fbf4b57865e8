#include "async/signals.hpp"

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <pthread.h>
#include <utility>

namespace gls {

namespace asio = boost::asio;

struct Signals::State : std::enable_shared_from_this<Signals::State> {
    State(const asio::any_io_executor& executor, Log& l, SignalActions a)
        : log{l}, actions{std::move(a)}, signals{executor, SIGTERM, SIGINT, SIGHUP} {}

    void wait() {
        signals.async_wait(
            [self = shared_from_this()](boost::system::error_code error, int number) {
                if (error || self->closed) return;
                self->received(number);
                self->wait();
            });
    }

    void received(int number) {
        if (number == SIGHUP) {
            if (!stopping) actions.reload();
            return;
        }
        log.info("signal", {{"name", number == SIGINT ? "SIGINT" : "SIGTERM"},
                            {"action", stopping ? "stop_now" : "stop"}});
        if (std::exchange(stopping, true))
            actions.stop_now();
        else
            actions.stop();
    }

    Log& log;
    SignalActions actions;
    asio::signal_set signals;
    bool stopping{false};
    bool closed{false};
};

Signals::Signals(const asio::any_io_executor& executor, Log& log, SignalActions actions)
    : state_{std::make_shared<State>(executor, log, std::move(actions))} {
    // A closed peer and a file at its limit are errors of the write, not ends of the process.
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c): it cannot fail for these signals
    std::signal(SIGXFSZ, SIG_IGN); // NOLINT(cert-err33-c)
    state_->wait();
}

void hold_back_signals() noexcept {
    sigset_t late{};
    sigemptyset(&late);
    sigaddset(&late, SIGTERM);
    sigaddset(&late, SIGINT);
    pthread_sigmask(SIG_BLOCK, &late, nullptr);
}

Signals::~Signals() {
    state_->closed = true;
    state_->signals.cancel();
}

} // namespace gls
