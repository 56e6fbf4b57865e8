#include "web/routes.hpp"

#include "web/accept.hpp"
#include "web/health.hpp"
#include "web/request_path.hpp"
#include "web/status_json.hpp"
#include "web/status_page.hpp"

#include <algorithm>
#include <utility>

namespace gls::web {
namespace {

std::string_view phrase(unsigned status) {
    switch (status) {
    case 400:
        return "This is not a request that can be read.\n";
    case 401:
        return "Unauthorized.\n";
    case 408:
        return "The request did not arrive in time.\n";
    case 413:
        return "The request has too large a body.\n";
    case 414:
        return "The request line is too long.\n";
    case 417:
        return "No request here needs a body.\n";
    case 431:
        return "The request has too many or too large header fields.\n";
    case 429:
        return "More requests than the rate limit allows.\n";
    case 503:
        return "Too many passwords are being checked; try again.\n";
    default:
        return "Not found.\n";
    }
}

} // namespace

Answer plain_answer(unsigned status, std::string text) {
    Answer answer;
    answer.status = status;
    answer.content.tail = std::move(text);
    return answer;
}

Routes::Routes(Site site, const poll::Board& board, metrics::Scrape& scrape, metrics::Own& own)
    : site_{std::move(site)}, board_{board}, scrape_{scrape}, own_{own} {
    // The telemetry path comes first: it may take the place of another.
    table_ = {{site_.telemetry_path, &Routes::scrape},
              {"/", &Routes::page},
              {"/-/healthy", &Routes::healthy, false, true},
              {"/-/ready", &Routes::ready, false, true},
              {"/api/v1/status", &Routes::status},
              {"/-/reload", &Routes::reload, true},
              {"/-/quit", &Routes::quit, true}};
    if (site_.settings_text) table_.push_back({"/config", &Routes::settings});
    own_.http_foreseen("other", 404);
    for (const auto& route : table_)
        own_.http_foreseen(route.path, 200);
    own_.http_foreseen(site_.telemetry_path, 503);
}

const Routes::Route* Routes::find(std::string_view path) const {
    const auto found = std::ranges::find(table_, path, &Route::path);
    return found == table_.end() ? nullptr : &*found;
}

Answer Routes::answer(const Request& request, WallTime now, std::size_t scrapes_running) {
    const auto path = request_path(request.target);
    if (!path) return refusal(400);
    const auto* const route = find(*path);
    if (route == nullptr || (request.health_only && !route->health)) return refusal(404);

    const auto finish = [&](Answer answer) {
        answer.route = route->path;
        return answer;
    };
    if (route->changes && !site_.lifecycle_enabled) {
        return finish(plain_answer(403, "Started without --web.enable-lifecycle.\n"));
    }
    const auto method = request.method;
    const bool takes =
        route->changes ? method == "POST" || method == "PUT" : method == "GET" || method == "HEAD";
    if (!takes) {
        auto answer = plain_answer(405, "This path does not take that method.\n");
        answer.headers.emplace_back("Allow", route->changes ? "POST, PUT" : "GET, HEAD");
        return finish(std::move(answer));
    }
    return finish((this->*route->make)({request, now, scrapes_running}));
}

Answer Routes::after(const Answer& asked, const Result<>& outcome) const {
    auto answer =
        outcome ? plain_answer(200, asked.action == Action::reload ? "Reloaded.\n" : "Stopping.\n")
                : plain_answer(500, outcome.error().message + '\n');
    answer.route = asked.route;
    return answer;
}

Answer Routes::refusal(unsigned status) {
    auto answer = plain_answer(status, std::string{phrase(status)});
    if (status == 401) {
        answer.headers.emplace_back("WWW-Authenticate",
                                    R"(Basic realm="gamelift_streams_exporter")");
    }
    return answer;
}

Answer Routes::scrape(const Asked& asked) {
    if (asked.scrapes_running >= site_.max_scrapes) {
        return plain_answer(503, "More scrapes at once than --web.max-requests allows.\n");
    }
    const auto format = format_for(asked.request.accept);
    const auto encoding = encoding_for(asked.request.accept_encoding);
    Answer answer;
    answer.content_type = content_type_of(format);
    answer.content = scrape_.content(format, encoding, asked.now);
    if (encoding == metrics::Encoding::gzip)
        answer.headers.emplace_back("Content-Encoding", "gzip");
    answer.headers.emplace_back("Vary", "Accept, Accept-Encoding");
    answer.scrape = true;
    return answer;
}

Answer Routes::page(const Asked& asked) {
    return status_page(*board_.current(), asked.now, site_);
}

Answer Routes::healthy(const Asked&) {
    return healthy_answer();
}

Answer Routes::ready(const Asked&) {
    if (ready_) return ready_answer({});
    auto answer = ready_answer(*board_.current());
    ready_ = answer.status == 200;
    return answer;
}

Answer Routes::status(const Asked& asked) {
    Answer answer;
    answer.content_type = "application/json";
    answer.headers.emplace_back("Cache-Control", "no-store");
    answer.content.tail = status_json(*board_.current(), asked.now, site_);
    return answer;
}

Answer Routes::settings(const Asked&) {
    return plain_answer(200, site_.settings_text());
}

Answer Routes::reload(const Asked&) {
    Answer answer;
    answer.action = Action::reload;
    return answer;
}

Answer Routes::quit(const Asked&) {
    Answer answer;
    answer.action = Action::quit;
    return answer;
}

} // namespace gls::web
