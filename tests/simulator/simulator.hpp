// One request in, one reply out: where to, who asks, what goes wrong on demand, how fast, and then
// the service itself. No sockets: the server carries the replies.
#pragma once

#include "simulator/control.hpp"
#include "simulator/world.hpp"

namespace gls::simulator {

class Simulator {
public:
    Simulator(Settings settings, const TimeSource& time)
        : world_(std::move(settings), time), control_(world_),
          request_ids_(world_.settings.fleet.seed ^ 0x1dU) {}

    [[nodiscard]] Reply answer(const Request& request);

private:
    [[nodiscard]] Reply answer_aws(const Request& request, const Destination& destination,
                                   const std::string& request_id);
    [[nodiscard]] Reply answer_metadata(const Request& request, const Destination& destination);
    void finish(const Request& request, Reply& reply, const std::string& request_id) const;
    [[nodiscard]] std::string new_request_id();

    World world_;
    Control control_;
    Chance request_ids_;
    Millis skew_{0}; // of the call in hand, by fault
};

} // namespace gls::simulator
