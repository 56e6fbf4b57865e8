// One answer of the telemetry path, in the format and encoding asked for: the shared fleet
// document, then the daemon's own families as they are now. Those that count are rendered when one
// of them has changed, the few that change with every scrape for each: it costs what these cost.
#pragma once

#include "metrics/fleet_document.hpp"
#include "metrics/own.hpp"

#include <array>
#include <memory>
#include <string>

namespace gls::metrics {

// Bytes in pieces, so that the large ones are shared and never copied.
struct Content {
    std::string head{};
    std::array<std::shared_ptr<const std::string>, 2> shared{}; // null: nothing
    std::string tail{};

    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] std::string joined() const;
};

enum class Encoding : std::uint8_t { identity, gzip };

class Scrape {
public:
    Scrape(FleetDocument& fleet, Own& own) : fleet_{fleet}, own_{own} {}
    // From one thread.
    [[nodiscard]] Content content(Format format, Encoding encoding, WallTime now);

private:
    // The counted families of our own as rendered last.
    struct Counted {
        std::uint64_t changes{0};
        std::shared_ptr<const Form> form; // null: never
    };
    [[nodiscard]] std::shared_ptr<const Form> counted(Format format);

    FleetDocument& fleet_;
    Own& own_;
    std::array<Counted, 2> counted_; // by Format
};

} // namespace gls::metrics
