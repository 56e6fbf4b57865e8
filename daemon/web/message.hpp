// A request as far as we look at it, and an answer, as plain values. Pure.
#pragma once

#include "metrics/scrape.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::web {

// Views into the connection's buffer: valid while the answer is made, no longer.
struct Request {
    std::string_view method;          // as sent
    std::string_view target;          // as sent
    std::string_view accept;          // "" where missing; repeated fields joined by commas
    std::string_view accept_encoding; // likewise
    bool health_only{false};          // came in by --web.health-address
    std::string_view authorization{}; // as accept
};

// What has to be done outside before the answer is known.
enum class Action : unsigned char { none, reload, quit };

struct Answer {
    unsigned status{200};
    std::string_view content_type{"text/plain; charset=utf-8"};
    std::vector<std::pair<std::string_view, std::string>> headers{};
    metrics::Content content{};
    std::string_view route{"other"}; // label of exporter_http_requests_total
    bool scrape{false};              // counts against --web.max-requests until it is sent
    Action action{Action::none};     // then the answer is that of Routes::after()
};

[[nodiscard]] Answer plain_answer(unsigned status, std::string text);

} // namespace gls::web
