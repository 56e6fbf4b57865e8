#include "web/connections.hpp"

#include <utility>

namespace gls::web {
namespace {

void close(Connection& connection) {
    boost::system::error_code ignored;
    connection.socket.close(ignored); // its task hears of it and ends
}

} // namespace

Connections::Place Connections::add(Connection connection) {
    return list_.insert(list_.end(), std::move(connection));
}

bool Connections::make_room() {
    Connection* victim = nullptr;
    for (auto& each : list_) {
        if (!each.waiting || !each.socket.is_open()) continue;
        if (victim == nullptr || each.since < victim->since) victim = &each;
    }
    if (victim == nullptr) return false;
    close(*victim);
    return true;
}

void Connections::close_waiting() {
    for (auto& each : list_) {
        if (each.waiting) close(each);
    }
}

void Connections::close_all() {
    for (auto& each : list_)
        close(each);
}

} // namespace gls::web
