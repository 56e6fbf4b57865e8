#include "aws/transport/resolver.hpp"

#include "async/cancelled.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstring>
#include <future>
#include <netdb.h>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace gls::aws {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// More threads than this hang only when the name servers are gone; then it is better to say so.
constexpr int max_look_ups = 32;

struct Resolution {
    int error{0}; // of getaddrinfo
    Addresses addresses;
};

// Shared by the thread and the coroutine; whoever goes last closes the descriptor.
class LookUp {
public:
    LookUp(std::string host, std::uint16_t port, std::shared_ptr<std::atomic<int>> running)
        : host_{std::move(host)}, port_{port}, running_{std::move(running)} {}
    ~LookUp() {
        if (event_ >= 0) ::close(event_);
    }
    LookUp(const LookUp&) = delete;
    LookUp& operator=(const LookUp&) = delete;

    [[nodiscard]] int event() const { return event_; }
    [[nodiscard]] std::future<Resolution> answer() { return answer_.get_future(); }

    static bool start(const std::shared_ptr<LookUp>& look_up) {
        try {
            std::thread{[look_up] { look_up->run(); }}.detach();
            return true;
        } catch (const std::system_error&) {
            return false;
        }
    }

private:
    void run() {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        Resolution answer;
        answer.error = ::getaddrinfo(host_.c_str(), nullptr, &hints, &found);
        for (const addrinfo* a = answer.error == 0 ? found : nullptr; a != nullptr;
             a = a->ai_next) {
            tcp::endpoint endpoint;
            if (a->ai_addrlen > endpoint.capacity()) continue;
            std::memcpy(endpoint.data(), a->ai_addr, a->ai_addrlen);
            endpoint.resize(a->ai_addrlen);
            endpoint.port(port_);
            answer.addresses.push_back(endpoint);
        }
        if (found != nullptr) ::freeaddrinfo(found);
        --*running_;
        answer_.set_value(std::move(answer));
        const std::uint64_t one = 1;
        (void)!::write(event_, &one, sizeof one);
    }

    std::string host_;
    std::uint16_t port_;
    std::shared_ptr<std::atomic<int>> running_;
    int event_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::promise<Resolution> answer_;
};

} // namespace

Addresses families_in_turn(const Addresses& addresses) {
    if (addresses.empty()) return {};
    const auto is_first = [v6 = addresses.front().address().is_v6()](const tcp::endpoint& e) {
        return e.address().is_v6() == v6;
    };
    Addresses first;
    Addresses second;
    std::ranges::partition_copy(addresses, std::back_inserter(first), std::back_inserter(second),
                                is_first);
    Addresses in_turn;
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size()) in_turn.push_back(first[i]);
        if (i < second.size()) in_turn.push_back(second[i]);
    }
    return in_turn;
}

Task<Result<Addresses>> Resolver::resolve(std::string host, std::uint16_t port,
                                          SteadyTime deadline) {
    boost::system::error_code not_an_address;
    const auto address = asio::ip::make_address(host, not_an_address);
    if (!not_an_address) co_return Addresses{tcp::endpoint{address, port}};
    if (const bool stop = co_await cancelled(); stop)
        co_return fail(ErrorKind::cancelled, "stopped before looking up " + host);
    if (*running_ >= max_look_ups)
        co_return fail(ErrorKind::connection,
                       "cannot look up " + host +
                           ": earlier look-ups have not been answered; check "
                           "the name servers of this machine");

    const auto look_up = std::make_shared<LookUp>(host, port, running_);
    auto answer = look_up->answer();
    asio::posix::stream_descriptor event{co_await asio::this_coro::executor};
    // A descriptor of the coroutine's own: closing it must not close the one the thread writes to.
    const int own = look_up->event() < 0 ? -1 : ::dup(look_up->event());
    if (own >= 0) event.assign(own);
    ++*running_;
    if (own < 0 || !LookUp::start(look_up)) {
        --*running_;
        co_return fail(ErrorKind::connection,
                       "cannot look up " + host + ": no thread or descriptor is left");
    }
    const Watchdog::Watch watch{watchdog_, deadline, [&event] { event.cancel(); }};
    const auto [error] = co_await event.async_wait(asio::posix::stream_descriptor::wait_read,
                                                   asio::as_tuple(asio::use_awaitable));
    if (watch.expired())
        co_return fail(ErrorKind::timeout,
                       "the name servers gave no address for " + host + " in time");
    if (error) co_return fail(ErrorKind::cancelled, "stopped while looking up " + host);
    const Resolution found = answer.get();
    if (found.error != 0)
        co_return fail(ErrorKind::connection,
                       "cannot look up " + host + ": " + std::string{::gai_strerror(found.error)});
    if (found.addresses.empty())
        co_return fail(ErrorKind::connection, "cannot look up " + host + ": it has no address");
    co_return families_in_turn(found.addresses);
}

} // namespace gls::aws
