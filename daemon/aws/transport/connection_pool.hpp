// The connections to each peer: how many at once, and those that wait for their next request. The
// one used last goes first, so that the others can grow old and be closed.
#pragma once

#include "async/slots.hpp"
#include "aws/transport/connection.hpp"
#include "base/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace gls::aws {

class ConnectionPool {
public:
    ConnectionPool(boost::asio::any_io_executor executor, const Clock& clock, seconds idle_limit,
                   std::size_t max_per_peer);

    // The places of this peer; one is held for each connection in use.
    [[nodiscard]] Slots& slots(const std::string& peer);
    // Null if none is idle, or none of them still open.
    [[nodiscard]] std::unique_ptr<Connection> take(const std::string& peer);
    void give_back(const std::string& peer, std::unique_ptr<Connection> connection);
    void drop_idle(const std::string& peer); // one has turned out dead: the others may be too

private:
    struct Idle {
        std::unique_ptr<Connection> connection;
        SteadyTime since;
    };
    struct Peer {
        Slots slots;
        std::vector<Idle> idle; // oldest first
    };
    Peer& peer_of(const std::string& peer);
    void close_old(); // looked at with each request: no timer for it

    boost::asio::any_io_executor executor_;
    const Clock& clock_;
    seconds idle_limit_;
    std::size_t max_per_peer_;
    std::unordered_map<std::string, Peer> peers_; // as many as endpoints and proxies are configured
};

} // namespace gls::aws
