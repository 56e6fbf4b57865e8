#include "metrics/fleet.hpp"
#include "metrics/inventory_families.hpp"
#include "pictures.hpp"

#include <doctest/doctest.h>

namespace gls::metrics {
namespace {

using test::minute;
using test::noon;
using test::shared;
using test::small_picture;

poll::Picture with_inventory() {
    streams::LocationState place;
    place.location = "us-west-2";
    place.status = "ACTIVE";
    place.allocated = 4;
    place.idle = 0;
    place.maximum = 9; // the others are not told
    streams::StreamGroup group;
    group.id = "sg-1";
    group.description = "Group \"1\"";
    group.stream_class = "gen5n_high";
    group.default_application = "a-1";
    group.status = "ACTIVE";
    group.expires_at = noon + milliseconds{500};
    group.locations = {place};
    poll::InventoryPicture inventory;
    inventory.as_of = noon;
    inventory.interval = 5 * minute;
    inventory.inventory.stream_groups = {group};
    inventory.inventory.applications = {{"a-1", "Game", "PROTON 20250516", "RETIRED"}};
    auto picture = small_picture();
    picture.target.labels.clear();
    picture.inventory = std::make_shared<const poll::InventoryPicture>(inventory);
    return picture;
}

// Samples only, without prefix and the target's labels.
std::string samples_of(const poll::Picture& picture, WallTime now) {
    std::string text;
    Writer writer{Format::text, text};
    write_inventory_families(writer, {shared(picture)}, now);
    std::string samples;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        const auto line = text.substr(at, end + 1 - at);
        if (!line.starts_with('#')) samples += line;
        at = end + 1;
    }
    for (const std::string part :
         {"gamelift_streams_",
          R"(target="prod-us",region="us-west-2",account_id="111122223333",)"}) {
        for (auto at = samples.find(part); at != std::string::npos; at = samples.find(part))
            samples.erase(at, part.size());
    }
    return samples;
}

TEST_CASE("every family of an inventory, its labels and values") {
    CHECK(
        samples_of(with_inventory(), noon) ==
        R"(stream_group_info{stream_group="sg-1",description="Group \"1\"",stream_class="gen5n_high",default_application="a-1"} 1
stream_group_status{stream_group="sg-1",status="ACTIVATING"} 0
stream_group_status{stream_group="sg-1",status="UPDATING_LOCATIONS"} 0
stream_group_status{stream_group="sg-1",status="ACTIVE"} 1
stream_group_status{stream_group="sg-1",status="ACTIVE_WITH_ERRORS"} 0
stream_group_status{stream_group="sg-1",status="ERROR"} 0
stream_group_status{stream_group="sg-1",status="DELETING"} 0
stream_group_status{stream_group="sg-1",status="EXPIRED"} 0
stream_group_location_status{stream_group="sg-1",location="us-west-2",status="ACTIVATING"} 0
stream_group_location_status{stream_group="sg-1",location="us-west-2",status="ACTIVE"} 1
stream_group_location_status{stream_group="sg-1",location="us-west-2",status="ERROR"} 0
stream_group_location_status{stream_group="sg-1",location="us-west-2",status="REMOVING"} 0
stream_group_capacity_allocated{stream_group="sg-1",location="us-west-2"} 4
stream_group_capacity_idle{stream_group="sg-1",location="us-west-2"} 0
stream_group_capacity_maximum{stream_group="sg-1",location="us-west-2"} 9
stream_group_expiry_timestamp_seconds{stream_group="sg-1"} 1800000000.5
application_info{application="a-1",description="Game",runtime="PROTON 20250516"} 1
application_status{application="a-1",status="INITIALIZED"} 0
application_status{application="a-1",status="PROCESSING"} 0
application_status{application="a-1",status="READY"} 0
application_status{application="a-1",status="DELETING"} 0
application_status{application="a-1",status="ERROR"} 0
application_status{application="a-1",status="UNKNOWN"} 1
)");
}

TEST_CASE("no inventory and no account: no line") {
    auto picture = with_inventory();
    picture.target.account_id.reset();
    CHECK(samples_of(picture, noon).empty());
    CHECK(samples_of(small_picture(), noon).empty());
}

TEST_CASE("past three intervals it is withdrawn, and the age of the last success stays") {
    auto picture = with_inventory();
    picture.status.stale_after = picture.status.full_stale_after = 600 * minute;
    const poll::Pictures pictures{shared(picture)};
    CHECK_FALSE(samples_of(picture, noon + 15 * minute).empty());
    CHECK(samples_of(picture, noon + 15 * minute + milliseconds{1}).empty());
    CHECK(next_staleness(pictures, noon) == noon + 15 * minute + milliseconds{1});
    CHECK(next_staleness(pictures, noon + 16 * minute) > noon + 600 * minute);
    std::string text;
    Writer writer{Format::text, text};
    write_fleet(writer, pictures, noon + 16 * minute, {});
    CHECK(text.find("inventory_last_success_timestamp_seconds{target=\"prod-us\","
                    "region=\"us-west-2\"} 1800000000\n") != std::string::npos);
    CHECK(text.find("gamelift_streams_sessions{") != std::string::npos);
}

} // namespace
} // namespace gls::metrics
