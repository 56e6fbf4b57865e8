#include "metrics/fleet.hpp"
#include "pictures.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

namespace gls::metrics {
namespace {

using test::minute;
using test::noon;
using test::shared;
using test::small_picture;

std::string rendered(const poll::Pictures& pictures, WallTime now,
                     const settings::Metrics& metrics = {}) {
    std::string out;
    Writer writer{Format::text, out};
    write_fleet(writer, pictures, now, metrics);
    return out;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::size_t lines_with(const std::string& text, std::string_view part) {
    std::istringstream lines{text};
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line);) {
        count += has(line, part) && !line.starts_with('#') ? 1 : 0;
    }
    return count;
}

const std::string account = R"(target="prod-us",region="us-west-2",team="streaming",)"
                            R"(account_id="111122223333",)";

TEST_CASE("all eight statuses of a location have a line, zeros included; UNKNOWN only if any") {
    auto picture = small_picture();
    const auto text = rendered({shared(picture)}, noon);
    CHECK(lines_with(text, "gamelift_streams_sessions{") == 8);
    CHECK(has(text, "gamelift_streams_sessions{" + account +
                        R"(status="ACTIVE",location="us-west-2"} 2)"
                        "\n"));
    CHECK(has(text, "gamelift_streams_sessions{" + account +
                        R"(status="ERROR",location="us-west-2"} 0)"
                        "\n"));
    CHECK(lines_with(text, "gamelift_streams_session_exports{") == 4);
    CHECK(lines_with(text, "gamelift_streams_application_sessions{") == 8);
    CHECK(lines_with(text, "gamelift_streams_stream_group_sessions{") == 8);
    CHECK(!has(text, "UNKNOWN"));

    auto snapshot = *picture.snapshot;
    snapshot.locations[0].sessions.back() = 5;
    snapshot.locations[0].exports.back() = 1;
    picture.snapshot = std::make_shared<const state::Snapshot>(snapshot);
    const auto odd = rendered({shared(picture)}, noon);
    CHECK(has(odd, R"(status="UNKNOWN",location="us-west-2"} 5)"));
    CHECK(has(odd, R"(export_status="UNKNOWN",location="us-west-2"} 1)"));
}

TEST_CASE("the oldest sessions have lines only where there is one") {
    const auto text = rendered({shared(small_picture())}, noon);
    CHECK(lines_with(text, "oldest_session_created_timestamp_seconds{") == 2);
    CHECK(has(text, R"(status="ACTIVE",location="us-west-2"} 1799999998.5)"));
}

TEST_CASE("a part that no complete sweep has established is absent, never zero") {
    auto picture = small_picture();
    auto snapshot = *picture.snapshot;
    snapshot.full_as_of.reset();
    picture.snapshot = std::make_shared<const state::Snapshot>(snapshot);
    picture.status.last_full_success.reset();
    const auto text = rendered({shared(picture)}, noon);
    CHECK(lines_with(text, "gamelift_streams_sessions{") == 6);
    CHECK(lines_with(text, "session_exports{") == 0);
    CHECK(lines_with(text, "status=\"TERMINATED\"") == 0);

    picture.snapshot = nullptr;
    picture.status = {};
    const auto blank = rendered({shared(picture)}, noon);
    CHECK(lines_with(blank, "sessions{") == 0);
    CHECK(!has(blank, "snapshot_timestamp"));
    CHECK(has(blank,
              R"(gamelift_streams_up{target="prod-us",region="us-west-2",team="streaming"} 0)"));
}

TEST_CASE("live families go when their age passes stale_after, ended ones after full_stale_after") {
    const poll::Pictures pictures{shared(small_picture())};
    const auto at_limit = rendered(pictures, noon + 3 * minute);
    CHECK(lines_with(at_limit, "gamelift_streams_sessions{") == 8);
    CHECK(has(at_limit,
              "gamelift_streams_up{target=\"prod-us\",region=\"us-west-2\",team=\"streaming\"} 1"));

    const auto live_late = rendered(pictures, noon + 3 * minute + milliseconds{1});
    CHECK(lines_with(live_late, "gamelift_streams_sessions{") == 2);
    CHECK(lines_with(live_late, "status=\"ACTIVE\"") == 0);
    CHECK(lines_with(live_late, "session_exports{") == 4);
    CHECK(has(live_late,
              "gamelift_streams_up{target=\"prod-us\",region=\"us-west-2\",team=\"streaming\"} 0"));
    CHECK(has(live_late, "snapshot_timestamp_seconds{"));

    const auto all_late = rendered(pictures, noon + 180 * minute + milliseconds{1});
    CHECK(lines_with(all_late, "gamelift_streams_sessions{") == 0);
    CHECK(lines_with(all_late, "last_sweep_sessions{") == 2);
    CHECK(lines_with(all_late, "session_exports{") == 0);
}

TEST_CASE("the next staleness is the instant at which the text changes") {
    const poll::Pictures pictures{shared(small_picture())};
    const auto live = next_staleness(pictures, noon);
    CHECK(live == noon + 3 * minute + milliseconds{1});
    CHECK(rendered(pictures, live - milliseconds{1}) == rendered(pictures, noon));
    CHECK(rendered(pictures, live) != rendered(pictures, noon));
    const auto full = next_staleness(pictures, live);
    CHECK(full == noon + 180 * minute + milliseconds{1});
    CHECK(next_staleness(pictures, full) == WallTime::max());
    CHECK(next_staleness({shared({})}, noon) == WallTime::max());
}

TEST_CASE("a picture from the future that nothing renews is withdrawn until its time has come") {
    auto picture = small_picture();
    picture.status.last_live->failure = "denied";
    const poll::Pictures pictures{shared(picture)};
    const auto early = noon - 4 * minute;
    CHECK(lines_with(rendered(pictures, early), "status=\"ACTIVE\"") == 0);
    CHECK(next_staleness(pictures, early) == noon - 3 * minute);
    CHECK(lines_with(rendered(pictures, noon - 3 * minute), "status=\"ACTIVE\"") > 0);
}

TEST_CASE("session families wait for the account; the target's own do not") {
    auto picture = small_picture();
    picture.target.account_id.reset();
    const auto text = rendered({shared(picture)}, noon);
    CHECK(lines_with(text, "gamelift_streams_sessions{") == 0);
    CHECK(!has(text, "target_info"));
    CHECK(lines_with(text, "tracked_sessions{") == 1);
    CHECK(has(
        rendered({shared(small_picture())}, noon),
        R"(target_info{target="prod-us",region="us-west-2",team="streaming",account_id="111122223333"} 1)"));
}

TEST_CASE("breakdowns can be left out") {
    settings::Metrics metrics;
    metrics.breakdowns = {settings::Breakdown::application};
    const auto text = rendered({shared(small_picture())}, noon, metrics);
    CHECK(has(text, "application_sessions"));
    CHECK(!has(text, "stream_group_sessions"));
    CHECK(!has(text, "session_status_reasons"));
}

TEST_CASE("families of several targets stay together, each announced once") {
    const auto text = rendered({shared(small_picture("b")), shared(small_picture("a"))}, noon);
    std::istringstream lines{text};
    std::vector<std::string> seen;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) seen.push_back(line);
    }
    auto once = seen;
    std::ranges::sort(once);
    CHECK(std::ranges::adjacent_find(once) == once.end());
    CHECK(text.find("target=\"b\"") < text.find("target=\"a\"")); // the settings' order
}

TEST_CASE("sweeps, pace, budget, credentials and folded values of a target") {
    auto picture = small_picture();
    picture.target.labels.clear();
    picture.status.last_live->failure = "throttled";
    picture.status.budget_requests = 1000;
    picture.status.budget_remaining = 10;
    picture.status.credentials_source = "profile";
    picture.status.credentials_expire_at = noon + 60 * minute;
    const auto text = rendered({shared(picture)}, noon);
    const std::string own = R"({target="prod-us",region="us-west-2")";
    for (const auto* line :
         {R"(up#} 0)", R"(last_sweep_pages#,kind="live"} 3)",
          R"(last_sweep_sessions#,kind="full"} 205)", R"(last_sweep_api_requests#,kind="full"} 4)",
          R"(last_successful_sweep_timestamp_seconds#,kind="live"} 1800000000)",
          R"(snapshot_timestamp_seconds#} 1800000000)", R"(tracked_sessions#} 7)",
          R"(sweep_live_interval_seconds#} 60)", R"(sweep_full_interval_seconds#} 3600)",
          R"(api_rate_limit_requests_per_second#} 5)", R"(api_budget_requests#} 1000)",
          R"(api_budget_remaining_requests#} 10)",
          R"(credentials_expiry_timestamp_seconds#,source="profile"} 1800003600)",
          R"(label_values_folded#,label="location"} 0)"}) {
        std::string expected{line};
        expected.replace(expected.find('#'), 1, own);
        CAPTURE(expected);
        CHECK(has(text, "\ngamelift_streams_" + expected + "\n"));
    }
    CHECK(!has(rendered({shared(small_picture())}, noon), "api_budget"));
}

} // namespace
} // namespace gls::metrics
