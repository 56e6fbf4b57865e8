// Names to addresses, through the system's own resolver, anew for each connection. It can only
// block, so each look-up has a thread that nobody waits for: one that hangs costs neither the
// deadline of the caller, nor the next look-up, nor the end of the process.
#pragma once

#include "async/watchdog.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gls::aws {

using Addresses = std::vector<boost::asio::ip::tcp::endpoint>;

class Resolver {
public:
    explicit Resolver(Watchdog& watchdog) : watchdog_{watchdog} {}

    // At least one address, the families in turn as the system prefers them (RFC 8305 4). An
    // address as `host` needs no look-up. Errors: connection (no such name, no answer), timeout,
    // cancelled.
    [[nodiscard]] Task<Result<Addresses>> resolve(std::string host, std::uint16_t port,
                                                  SteadyTime deadline);

private:
    Watchdog& watchdog_;
    std::shared_ptr<std::atomic<int>> running_{std::make_shared<std::atomic<int>>(0)};
};

// a a b b -> a b a b, the first one's family first. Pure.
[[nodiscard]] Addresses families_in_turn(const Addresses& addresses);

} // namespace gls::aws
