// The process_* families that every exporter has, from /proc/self. A figure that cannot be had is
// absent.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace gls::metrics {

struct ProcessFigures {
    std::optional<double> cpu_seconds;
    std::optional<double> start_time_seconds; // Unix time
    std::optional<std::uint64_t> resident_bytes;
    std::optional<std::uint64_t> virtual_bytes;
    std::optional<std::uint64_t> open_fds;
    std::optional<double> max_fds; // +Inf where unlimited
};

class ProcessSource {
public:
    virtual ~ProcessSource() = default;
    [[nodiscard]] virtual ProcessFigures read() = 0;
};

[[nodiscard]] std::unique_ptr<ProcessSource> proc_self();

} // namespace gls::metrics
