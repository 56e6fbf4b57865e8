#include "pictures.hpp"
#include "web/status_json.hpp"

#include <doctest/doctest.h>

namespace gls::web {
namespace {

using test::minute;
using test::noon;

std::string rendered(const poll::Picture& picture, WallTime now) {
    Site site;
    site.build.version = "1.2.3";
    site.started = noon;
    return status_json({test::shared(picture)}, now, site);
}

TEST_CASE("the documented shape") {
    auto picture = test::small_picture();
    picture.status.budget_requests = 100;
    picture.status.last_full->failure = "denied";
    picture.status.last_full->message = "AWS said \"no\"";
    const auto text = rendered(picture, noon + seconds{12});
    for (
        const auto* part :
        {R"({"now":"2027-01-15T08:00:12.000Z","verdict":{"condition":"failing","sentence":")",
         R"("exporter":{"version":"1.2.3","revision":"","started":"2027-01-15T08:00:00.000Z","telemetry_path":"/metrics"})",
         R"("targets":[{"name":"prod-us","region":"us-west-2","account_id":"111122223333","labels":{"team":"streaming"},"up":false)",
         R"("sweeps":{"live":{"started":"2027-01-15T08:00:00.000Z","duration":1.5,"pages":3,"sessions":205,"duplicates":0,"api_requests":4,"failure":"","message":"")",
         R"("failure":"denied","message":"AWS said \"no\"","last_success":"2027-01-15T08:00:00.000Z","interval":3600,"stale_after":10800})",
         R"("pace":{"requests_per_second":5},"budget":{"requests":100,"remaining":null},"credentials":{"source":"","expires":null})",
         R"("tracked_sessions":7,"statuses":{"ACTIVATING":0,"ACTIVE":2,"CONNECTED":1,)",
         R"("locations":[{"location":"us-west-2","statuses":{"ACTIVATING":0,)",
         R"("exports":{"NONE":6,"PENDING":0,"SUCCEEDED":1,"FAILED":0})"}) {
        CAPTURE(part);
        CHECK(text.contains(part));
    }
    CHECK(text.ends_with("]}\n"));
}

TEST_CASE("what is too old, or not there yet, is not shown") {
    const auto late = rendered(test::small_picture(), noon + 4 * minute);
    CHECK(late.contains(R"("statuses":{"TERMINATED":4,"ERROR":0})"));
    CHECK(rendered({}, noon).contains(R"("snapshot":null)"));
    CHECK(rendered({}, noon).contains(R"("account_id":null)"));
}

} // namespace
} // namespace gls::web
