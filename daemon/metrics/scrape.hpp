// One answer of the telemetry path: the shared fleet document, then the daemon's own families made
// for this scrape, in the format and encoding asked for. It costs what its own part costs.
#pragma once

#include "metrics/fleet_document.hpp"
#include "metrics/own.hpp"

#include <memory>
#include <string>

namespace gls::metrics {

// Bytes in three pieces, so that the large one is shared and never copied.
struct Content {
    std::string head;
    std::shared_ptr<const std::string> shared; // may be null
    std::string tail;

    [[nodiscard]] std::size_t size() const noexcept {
        return head.size() + (shared ? shared->size() : 0) + tail.size();
    }
    [[nodiscard]] std::string joined() const { return head + (shared ? *shared : "") + tail; }
};

enum class Encoding : std::uint8_t { identity, gzip };

class Scrape {
public:
    Scrape(FleetDocument& fleet, Own& own) : fleet_{fleet}, own_{own} {}
    // From one thread.
    [[nodiscard]] Content content(Format format, Encoding encoding, WallTime now);

private:
    FleetDocument& fleet_;
    Own& own_;
    GzipEnding ending_;
};

} // namespace gls::metrics
