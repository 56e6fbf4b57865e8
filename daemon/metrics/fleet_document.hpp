// The fleet's families as served: rendered and compressed once for each version of the board, then
// shared by all scrapes. A document also ends when a picture in it passes its age limit.
#pragma once

#include "metrics/deflate.hpp"
#include "metrics/writer.hpp"
#include "poll/board.hpp"
#include "settings/settings.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <string>

namespace gls::metrics {

// Some families as they go out.
struct Form {
    std::string plain;
    DeflatedPart deflated;
};

struct RenderedFleet {
    std::shared_ptr<const poll::Pictures> pictures;
    WallTime valid_from{};
    WallTime valid_until{};    // exclusive
    std::array<Form, 2> forms; // by Format

    [[nodiscard]] const Form& form(Format format) const {
        return forms[static_cast<std::size_t>(format)];
    }
};

class FleetDocument {
public:
    FleetDocument(const poll::Board& board, settings::Metrics metrics)
        : board_{board}, metrics_{std::move(metrics)} {}

    // Any thread; never null. Always of the board's current pictures: whoever comes first after a
    // publication renders. Call it on the polling thread after each, so that no scrape has to.
    [[nodiscard]] std::shared_ptr<const RenderedFleet> at(WallTime now);
    void configure(settings::Metrics metrics); // any thread

private:
    const poll::Board& board_;
    std::mutex mutex_; // of what follows; held while rendering: one rendering serves all who wait
    settings::Metrics metrics_;
    std::shared_ptr<const RenderedFleet> current_;
};

} // namespace gls::metrics
