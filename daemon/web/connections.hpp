// Who is connected, and who has to go when there are too many or the daemon stops.
#pragma once

#include "base/time.hpp"
#include "web/stream.hpp"

#include <cstddef>
#include <list>

namespace gls::web {

struct Connection {
    Stream stream;
    bool health_only{false}; // came in by the health listener
    bool waiting{true};      // for its client's next request, rather than answering one
    SteadyTime since{};      // when that wait began
};

class Connections {
public:
    using Place = std::list<Connection>::iterator;

    // A place in the list for the life of a connection's task.
    class Seat {
    public:
        Seat(Connections& connections, Place place) : connections_{connections}, place_{place} {}
        ~Seat() { connections_.list_.erase(place_); }
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;

    private:
        Connections& connections_;
        Place place_;
    };

    [[nodiscard]] Place add(Connection connection);
    [[nodiscard]] std::size_t size() const noexcept { return list_.size(); }
    // Closes the one that has waited longest for its client; false if none waits.
    bool make_room();
    void close_waiting();
    void close_all();

private:
    std::list<Connection> list_;
};

} // namespace gls::web
