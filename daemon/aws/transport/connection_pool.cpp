#include "aws/transport/connection_pool.hpp"

#include <utility>

namespace gls::aws {

ConnectionPool::ConnectionPool(boost::asio::any_io_executor executor, const Clock& clock,
                               seconds idle_limit, std::size_t max_per_peer)
    : executor_{std::move(executor)}, clock_{clock}, idle_limit_{idle_limit},
      max_per_peer_{max_per_peer} {}

ConnectionPool::Peer& ConnectionPool::peer_of(const std::string& peer) {
    const auto found = peers_.find(peer);
    if (found != peers_.end()) return found->second;
    return peers_.try_emplace(peer, Slots{executor_, max_per_peer_}, std::vector<Idle>{})
        .first->second;
}

Slots& ConnectionPool::slots(const std::string& peer) {
    return peer_of(peer).slots;
}

std::unique_ptr<Connection> ConnectionPool::take(const std::string& peer) {
    close_old();
    auto& idle = peer_of(peer).idle;
    while (!idle.empty()) {
        auto connection = std::move(idle.back().connection);
        idle.pop_back();
        if (connection->quiet()) return connection;
    }
    return nullptr;
}

void ConnectionPool::give_back(const std::string& peer, std::unique_ptr<Connection> connection) {
    close_old();
    peer_of(peer).idle.push_back({std::move(connection), clock_.steady_now()});
}

void ConnectionPool::drop_idle(const std::string& peer) {
    peer_of(peer).idle.clear();
}

void ConnectionPool::close_old() {
    const SteadyTime oldest = clock_.steady_now() - idle_limit_;
    for (auto& [name, peer] : peers_)
        std::erase_if(peer.idle, [&](const Idle& idle) { return idle.since < oldest; });
}

} // namespace gls::aws
