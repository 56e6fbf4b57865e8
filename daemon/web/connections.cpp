#include "web/connections.hpp"

#include <utility>

namespace gls::web {

Connections::Place Connections::add(Connection connection) {
    return list_.insert(list_.end(), std::move(connection));
}

bool Connections::make_room() {
    Connection* victim = nullptr;
    for (auto& each : list_) {
        if (!each.waiting || !each.stream.is_open()) continue;
        if (victim == nullptr || each.since < victim->since) victim = &each;
    }
    if (victim == nullptr) return false;
    victim->stream.close();
    return true;
}

void Connections::close_waiting() {
    for (auto& each : list_) {
        if (each.waiting) each.stream.close();
    }
}

void Connections::close_all() {
    for (auto& each : list_)
        each.stream.close();
}

} // namespace gls::web
