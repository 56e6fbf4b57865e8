// Everything that the simulator is made of, in one place, owned: the service half answers calls on
// it, the control half changes it.
#pragma once

#include "simulator/credentials.hpp"
#include "simulator/fault.hpp"
#include "simulator/fleet.hpp"
#include "simulator/fleet_clock.hpp"
#include "simulator/metadata.hpp"
#include "simulator/rate_limit.hpp"
#include "simulator/settings.hpp"
#include "simulator/signature.hpp"
#include "simulator/streams_service.hpp"
#include "simulator/sts.hpp"
#include "simulator/time_source.hpp"

#include <array>
#include <memory>

namespace gls::simulator {

struct CallCounts {
    std::uint64_t ok{0};
    std::uint64_t throttled{0};
    std::uint64_t refused{0};
    std::uint64_t faulted{0};
};

struct World {
    World(Settings chosen, const TimeSource& source);

    // Lives through everything due by now.
    void catch_up() { fleet->advance_to(clock.now(time.steady())); }
    [[nodiscard]] Millis service_now() const {
        return time.wall() + static_cast<Millis>(1000 * settings.clock_offset_seconds);
    }
    void be_born(const FleetSizes& sizes); // a new fleet at the old one's instant

    Settings settings;
    const TimeSource& time;
    FleetClock clock;
    std::unique_ptr<Fleet> fleet;
    std::uint64_t births{1};
    KeyBook keys;
    SignatureCheck signatures;
    StreamsService streams;
    StsService sts;
    Metadata metadata;
    RateLimit limit;
    FaultBook faults;
    std::array<CallCounts, operation_texts.size()> calls{};
};

} // namespace gls::simulator
