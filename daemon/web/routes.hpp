// Request to answer: which paths there are, what they take, and what they say. Pure but for the
// counters that a scrape reads.
#pragma once

#include "base/result.hpp"
#include "metrics/scrape.hpp"
#include "poll/board.hpp"
#include "web/message.hpp"
#include "web/site.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace gls::web {

class Routes {
public:
    // What is passed by reference outlives the routes.
    Routes(Site site, const poll::Board& board, metrics::Scrape& scrape, metrics::Own& own);
    Routes(const Routes&) = delete; // the table points into site_
    Routes& operator=(const Routes&) = delete;
    ~Routes() = default;

    // `scrapes_running`: those that are being sent.
    [[nodiscard]] Answer answer(const Request& request, WallTime now, std::size_t scrapes_running);
    // The answer to a request for an action, now that it has been tried.
    [[nodiscard]] Answer after(const Answer& asked, const Result<>& outcome) const;
    // To what could not be read as a request: 400, 408, 413, 414, 417, 431; and to whom the guard
    // turns away: 401, 429, 503.
    [[nodiscard]] static Answer refusal(unsigned status);
    // Once per answer that goes out.
    void count(const Answer& answer) { own_.http_answered(answer.route, answer.status); }

private:
    struct Asked {
        const Request& request;
        WallTime now;
        std::size_t scrapes_running;
    };
    using Make = Answer (Routes::*)(const Asked&);
    struct Route {
        std::string_view path;
        Make make;
        bool changes{false}; // takes POST and PUT rather than GET and HEAD
        bool health{false};  // on the health listener too
    };

    [[nodiscard]] const Route* find(std::string_view path) const;
    Answer page(const Asked& asked);
    Answer scrape(const Asked& asked);
    Answer healthy(const Asked& asked);
    Answer ready(const Asked& asked);
    Answer status(const Asked& asked);
    Answer settings(const Asked& asked);
    Answer reload(const Asked& asked);
    Answer quit(const Asked& asked);

    Site site_;
    std::vector<Route> table_;
    const poll::Board& board_;
    metrics::Scrape& scrape_;
    metrics::Own& own_;
    bool ready_{false}; // once ready, always ready: a target that a reload adds does not undo it
};

} // namespace gls::web
