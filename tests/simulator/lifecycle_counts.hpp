// What has happened in a fleet since its birth, counted where it happens: the yardstick for what a
// daemon claims to have seen.
#pragma once

#include "simulator/session.hpp"

#include <cstdint>
#include <map>
#include <tuple>

namespace gls::simulator {

struct LifecycleCounts {
    using Count = std::uint64_t;
    std::map<std::tuple<std::uint16_t, std::uint8_t>, Count> started; // group, location
    std::map<std::tuple<Status, Reason, std::uint16_t, std::uint8_t>, Count> ended;
    std::map<std::tuple<Status, Status>, Count> transitions;
    std::map<std::tuple<ExportStatus, std::uint8_t>, Count> exports_finished;
    Count removed{0};
};

} // namespace gls::simulator
