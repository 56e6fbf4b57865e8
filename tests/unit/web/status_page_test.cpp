#include "pictures.hpp"
#include "web/status_page.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace gls::web {
namespace {

using test::minute;
using test::noon;
using test::shared;
using test::small_picture;

std::string rendered(const poll::Pictures& pictures, WallTime now, const Site& site = {}) {
    return status_page(pictures, now, site).content.joined();
}

TEST_CASE("verdict, counts, sweeps, pace and links stand in the page itself") {
    auto picture = small_picture();
    picture.status.budget_requests = 5000;
    picture.status.budget_remaining = 1234;
    picture.status.credentials_source = "profile";
    picture.status.credentials_expire_at = noon + 60 * minute;
    Site site;
    site.telemetry_path = "/m";
    site.build.version = "1.2.3";
    const auto page = rendered({shared(picture)}, noon + seconds{12}, site);
    for (
        const auto* part :
        {R"(data-live>The picture is fresh: 12 s old.</p>)", R"(role="status" data-live>fresh</p>)",
         R"(<th scope="row">ACTIVE</th><td class="number"><data value="2">2</data></td>)",
         R"(<rect class="ACTIVE" x="0" width="1000" height="10">)",
         R"(<th scope="row">PENDING_<wbr>CLIENT_<wbr>RECONNECTION</th>)",
         R"(<th scope="row">us-west-2</th><td class="number"><data value="3">3</data></td><td class="number"><data value="4">4</data></td>)",
         R"(<data value="205">205</data>)", R"(<span class="fresh">succeeded</span>)",
         "<data value=\"1234\">1\u202f234</data> of", "in 59 min 48 s",
         R"(<a href="/m">Metrics</a>)", R"(<a href="/api/v1/status">)", "Version 1.2.3"}) {
        CAPTURE(part);
        CHECK(page.contains(part));
    }
    CHECK(!page.contains("{{"));
    CHECK(!page.contains("/config"));
    site.settings_text = [] { return std::string{}; };
    CHECK(rendered({shared(picture)}, noon, site).contains(R"(<a href="/config">)"));
}

TEST_CASE("the page shows what /metrics shows: stale counts go") {
    const auto late = rendered({shared(small_picture())}, noon + 4 * minute);
    CHECK(late.contains(R"(<th scope="row">ACTIVE</th><td class="number">–</td>)"));
    CHECK(late.contains(R"(<th scope="row">TERMINATED</th><td class="number"><data value="4">)"));
    CHECK(late.contains("class=\"verdict late\""));
    const auto blank = rendered({shared({})}, noon);
    CHECK(blank.contains("No counts yet"));
    CHECK(blank.contains("No sweep has ended yet."));
}

TEST_CASE("hostile texts stay texts") {
    const std::string evil = "<script>alert('x')</script>";
    auto picture = small_picture(evil);
    auto snapshot = *picture.snapshot;
    snapshot.locations[0].location = evil;
    picture.snapshot = std::make_shared<const state::Snapshot>(snapshot);
    picture.target.region = evil;
    picture.target.account_id = evil;
    picture.status.last_full->failure = evil;
    picture.status.last_full->message = evil;
    picture.status.credentials_source = evil;
    Site site;
    site.telemetry_path = "/\"><script>alert('x')</script>";
    site.build = {evil, evil, evil};
    const auto page = rendered({shared(picture)}, noon, site);
    CHECK(!page.contains("<script>alert"));
    CHECK(page.contains("&lt;script&gt;alert(&#39;x&#39;)"));
}

TEST_CASE("the policy admits our style and script by hash; the page needs nothing else") {
    const auto answer = status_page({shared(small_picture())}, noon, {});
    const auto policy = std::ranges::find(answer.headers, "Content-Security-Policy",
                                          [](const auto& each) { return each.first; });
    REQUIRE(policy != answer.headers.end());
    CHECK(policy->second.contains("default-src 'none'; style-src 'sha256-"));
    CHECK(!policy->second.contains("unsafe"));
    const auto page = answer.content.joined();
    for (const auto* refused : {"style=\"", "onclick", "onload", "http://", "https://", "src=\""}) {
        CAPTURE(refused);
        CHECK(!page.contains(refused));
    }
}

TEST_CASE("200 locations, fullest first") {
    auto picture = small_picture();
    state::Snapshot snapshot = *picture.snapshot;
    snapshot.locations.clear();
    for (std::uint64_t i = 0; i < 200; ++i) {
        state::LocationRow row;
        row.location = "location-" + std::to_string(i);
        row.sessions[1] = i;
        snapshot.locations.push_back(row);
    }
    picture.snapshot = std::make_shared<const state::Snapshot>(snapshot);
    const auto page = rendered({shared(picture)}, noon);
    CHECK(page.find(">location-199<") < page.find(">location-0<"));
    CHECK(page.contains(R"(<data value="19900">)"));
}

} // namespace
} // namespace gls::web
