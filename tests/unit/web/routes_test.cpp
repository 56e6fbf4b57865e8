#include "fixed_process.hpp"
#include "pictures.hpp"
#include "web/routes.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace gls::web {
namespace {

using test::noon;

struct RoutesFixture {
    poll::Board board{{test::shared(test::small_picture())}};
    metrics::FleetDocument fleet{board, {}};
    metrics::Own own{{"1", "2", "3"}, std::make_unique<test::FixedProcess>(), noon};
    metrics::Scrape scrape{fleet, own};
    Site site{};
    std::optional<Routes> routes; // the answers' routes point into it

    Answer ask(std::string_view method, std::string_view target, std::size_t scrapes_running = 0,
               bool health_only = false) {
        routes.emplace(site, board, scrape, own);
        return routes->answer({method, target, "", "", health_only}, noon, scrapes_running);
    }
    unsigned status(std::string_view method, std::string_view target) {
        return ask(method, target).status;
    }
};

std::string header(const Answer& answer, std::string_view name) {
    const auto found =
        std::ranges::find(answer.headers, name, [](const auto& each) { return each.first; });
    return found == answer.headers.end() ? "" : found->second;
}

TEST_CASE_FIXTURE(RoutesFixture, "every route of the contract, and 404 for the rest") {
    for (const auto* path : {"/", "/metrics", "/-/healthy", "/-/ready", "/api/v1/status"}) {
        CAPTURE(path);
        CHECK(status("GET", path) == 200);
        CHECK(status("HEAD", path) == 200);
        CHECK(ask("GET", path).route == path);
        for (const auto* method : {"POST", "DELETE", "OPTIONS", "BREW", "get"}) {
            const auto answer = ask(method, path);
            CHECK(answer.status == 405);
            CHECK(header(answer, "Allow") == "GET, HEAD");
        }
    }
    for (const auto* path :
         {"/metric", "/metrics/", "/-/", "/config", "/favicon.ico", "/../metrics"}) {
        CAPTURE(path);
        CHECK(status("GET", path) == 404);
        CHECK(ask("GET", path).route == "other");
    }
    CHECK(status("GET", "*") == 400);
    CHECK(status("GET", "/%zz") == 400);
}

TEST_CASE_FIXTURE(RoutesFixture, "the telemetry path can be another") {
    site.telemetry_path = "/probe";
    CHECK(ask("GET", "/probe").scrape);
    CHECK(ask("GET", "/probe").route == "/probe");
    CHECK(status("GET", "/metrics") == 404);
    CHECK(ask("GET", "/").content.joined().find("/probe") != std::string::npos);
}

TEST_CASE_FIXTURE(RoutesFixture, "a scrape past --web.max-requests is refused") {
    site.max_scrapes = 2;
    CHECK(ask("GET", "/metrics", 1).status == 200);
    CHECK(ask("GET", "/metrics", 1).scrape);
    CHECK(ask("GET", "/metrics", 2).status == 503);
    CHECK(!ask("GET", "/metrics", 2).scrape);
    CHECK(ask("GET", "/-/healthy", 2).status == 200);
}

TEST_CASE_FIXTURE(RoutesFixture, "a scrape in the form asked for") {
    routes.emplace(site, board, scrape, own);
    const auto answer =
        routes->answer({"GET", "/metrics", "application/openmetrics-text", "gzip"}, noon, 0);
    CHECK(answer.content_type == "application/openmetrics-text; version=1.0.0; charset=utf-8");
    CHECK(header(answer, "Content-Encoding") == "gzip");
    CHECK(header(answer, "Vary") == "Accept, Accept-Encoding");
    CHECK(answer.content.joined().starts_with("\x1f\x8b"));
}

TEST_CASE_FIXTURE(RoutesFixture, "actions need their flag") {
    for (const auto* path : {"/-/reload", "/-/quit"}) {
        CAPTURE(path);
        CHECK(status("POST", path) == 403);
        CHECK(status("GET", path) == 403);
    }
    site.lifecycle_enabled = true;
    CHECK(ask("POST", "/-/reload").action == Action::reload);
    CHECK(ask("PUT", "/-/quit").action == Action::quit);
    CHECK(ask("GET", "/-/quit").action == Action::none);
    CHECK(header(ask("GET", "/-/quit"), "Allow") == "POST, PUT");

    const auto asked = ask("POST", "/-/reload");
    CHECK(routes->after(asked, {}).status == 200);
    CHECK(routes->after(asked, {}).route == "/-/reload");
    const auto failed =
        routes->after(asked, fail(ErrorKind::invalid_input, "exporter.yml:3:1: no"));
    CHECK(failed.status == 500);
    CHECK(failed.content.joined() == "exporter.yml:3:1: no\n");
}

TEST_CASE_FIXTURE(RoutesFixture, "the health listener knows health alone") {
    CHECK(ask("GET", "/-/healthy", 0, true).status == 200);
    CHECK(ask("GET", "/-/ready", 0, true).status == 200);
    CHECK(ask("GET", "/metrics", 0, true).status == 404);
    CHECK(ask("GET", "/", 0, true).status == 404);
}

TEST_CASE_FIXTURE(RoutesFixture, "ready once every target's first sweep has ended, well or badly") {
    auto waiting = test::small_picture();
    waiting.status = {};
    board.publish(test::shared(waiting));
    const auto answer = ask("GET", "/-/ready");
    CHECK(answer.status == 503);
    CHECK(answer.content.joined() == "Waiting for the first sweep of prod-us.\n");
    CHECK(status("GET", "/-/healthy") == 200);

    waiting.status.waits_for_budget = true; // until midnight: no reason to hold up others
    board.publish(test::shared(waiting));
    CHECK(status("GET", "/-/ready") == 200);
    waiting.status.waits_for_budget = false;
    waiting.status.first_sweep_ended = true;
    waiting.status.last_full = test::good_sweep(poll::SweepKind::full);
    waiting.status.last_full->failure = "denied";
    board.publish(test::shared(waiting));
    CHECK(status("GET", "/-/ready") == 200);

    // A reload that adds a target does not take the daemon out of service.
    auto added = test::small_picture("prod-eu");
    added.status = {};
    board.arrange({test::shared(waiting), test::shared(added)});
    CHECK(routes->answer({"GET", "/-/ready", "", "", false}, noon, 0).status == 200);
    CHECK(status("GET", "/-/ready") == 503); // of a daemon that starts so
}

TEST_CASE_FIXTURE(RoutesFixture, "the settings in force, where they are given") {
    site.settings_text = [] { return "targets: []\n"; };
    CHECK(ask("GET", "/config").content.joined() == "targets: []\n");
}

} // namespace
} // namespace gls::web
