// Prints a whole exposition with awkward labels, as text or OpenMetrics, for parsers that are not
// ours.
#include "metrics/scrape.hpp"
#include "pictures.hpp"

#include <cstring>
#include <iostream>

int main(int count, char** arguments) {
    using namespace gls;
    auto odd = test::small_picture("eu \"west\" \\ 1");
    odd.target.labels = {{"note", "two\nlines"}};
    odd.status.budget_requests = 100;
    odd.status.budget_remaining = 1;
    odd.status.credentials_source = "profile";
    odd.status.credentials_expire_at = test::noon;
    const poll::Board board{{test::shared(test::small_picture()), test::shared(odd)}};
    metrics::FleetDocument fleet{board, {}};
    metrics::Own own{{"1", "2", "3"}, metrics::proc_self(), test::noon};
    const auto one = own.add_target(test::small_picture().target, test::noon);
    const auto two = own.add_target(odd.target, test::noon);
    one->attempted("ListStreamSessionsByAccount", "200", 0.3);
    two->unknown_value("Status");
    own.http_answered("/metrics", 200);
    metrics::Scrape scrape{fleet, own};
    const bool open = count > 1 && std::strcmp(arguments[1], "openmetrics") == 0;
    const auto format = open ? metrics::Format::open_metrics : metrics::Format::text;
    std::cout << scrape.content(format, metrics::Encoding::identity, test::noon).joined();
}
