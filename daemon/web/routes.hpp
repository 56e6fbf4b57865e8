// Request to answer: which paths there are, what they take, and what they say. Pure but for the
// counters that it reads.
#pragma once

#include "base/result.hpp"
#include "metrics/scrape.hpp"
#include "poll/board.hpp"
#include "web/message.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace gls::web {

struct Site {
    std::string telemetry_path{"/metrics"};
    bool lifecycle_enabled{false};
    std::size_t max_scrapes{40};
    metrics::Build build{};
    WallTime started{};
    std::function<std::string()>
        settings_text{}; // for /config, secrets hidden; empty: no such path
};

class Routes {
public:
    Routes(Site site, const poll::Board& board, metrics::Scrape& scrape, metrics::Own& own);

    // `scrapes_running`: scrapes that are being sent.
    [[nodiscard]] Answer answer(const Request& request, WallTime now, std::size_t scrapes_running);
    // The answer to a request for an action, now that it has been tried.
    [[nodiscard]] Answer after(Action action, const Result<>& outcome) const;
    // What could not be read as a request: 400, 408, 413, 414, 431.
    [[nodiscard]] Answer refusal(unsigned status) const;
    // Once per answer that goes out.
    void count(const Answer& answer);

private:
    struct Route;
    struct Context;
    [[nodiscard]] static const Route* find(std::string_view path, const Site& site);

    Site site_;
    const poll::Board& board_;
    metrics::Scrape& scrape_;
    metrics::Own& own_;
};

} // namespace gls::web
