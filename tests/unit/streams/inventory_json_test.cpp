#include "streams/inventory_json.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gls;
using namespace gls::streams;

TEST_CASE("a stream group as GetStreamGroup sends it") {
    std::string text =
        R"({"Arn":"arn:aws:gameliftstreams:us-west-2:111122223333:streamgroup/sg-1AB2C3De4",
      "AssociatedApplications":["a"],"CreatedAt":1.7E9,"DefaultApplication":{"Arn":"x","Id":"a-9ZY8X7Wv6"},
      "Description":"Main","ExpiresAt":1767225600.5,"Id":"sg-1AB2C3De4","LocationStates":[
        {"LocationName":"us-west-2","Status":"ACTIVE","AlwaysOnCapacity":2,"OnDemandCapacity":1,
         "TargetIdleCapacity":3,"MaximumCapacity":40,"RequestedCapacity":5,"AllocatedCapacity":6,"IdleCapacity":0},
        {"Status":null,"IdleCapacity":-1,"AllocatedCapacity":1.5,"RequestedCapacity":"7"}],
      "Status":"ACTIVE_WITH_ERRORS","StatusReason":"internalError","StreamClass":"gen6n_high"})";
    InventoryReader reader;
    const Result<StreamGroup> group = reader.read_stream_group(text);
    REQUIRE(group.has_value());
    CHECK(group->id == "sg-1AB2C3De4");
    CHECK(group->description == "Main");
    CHECK(group->stream_class == "gen6n_high");
    CHECK(group->default_application == "a-9ZY8X7Wv6");
    CHECK(group->status == "ACTIVE_WITH_ERRORS");
    CHECK(group->expires_at == WallTime{milliseconds{1767225600500}});
    REQUIRE(group->locations.size() == 2);
    const LocationState& first = group->locations[0];
    CHECK(first.location == "us-west-2");
    CHECK(first.status == "ACTIVE");
    CHECK(first.always_on == 2);
    CHECK(first.target_idle == 3);
    CHECK(first.maximum == 40);
    CHECK(first.requested == 5);
    CHECK(first.allocated == 6);
    CHECK(first.idle == 0);
    const LocationState& odd = group->locations[1];
    CHECK(odd.location == "unknown");
    CHECK(odd.status.empty());
    CHECK_FALSE(odd.idle.has_value());
    CHECK_FALSE(odd.allocated.has_value());
    CHECK_FALSE(odd.requested.has_value());
    CHECK_FALSE(odd.maximum.has_value());
}

TEST_CASE("pages of stream groups and of applications") {
    InventoryReader reader;
    std::string groups =
        R"({"Items":[{"Arn":"arn:aws:gameliftstreams:r:111122223333:streamgroup/sg-1","Status":"ACTIVE"},
      {"Arn":"x","Id":"sg-2","DefaultApplication":{"Arn":"arn:aws:gameliftstreams:r:1:application/a-1"},"LocationStates":null}],
      "NextToken":"t"})";
    const auto page = reader.read_stream_groups(groups);
    REQUIRE(page.has_value());
    CHECK(page->next_token == "t");
    REQUIRE(page->items.size() == 2);
    CHECK(page->items[0].id == "sg-1");
    CHECK(page->items[1].id == "sg-2");
    CHECK(page->items[1].default_application == "a-1");

    std::string applications = R"({"Items":[{"Arn":"x","Id":"a-1","Description":"Game",
      "RuntimeEnvironment":{"Type":"PROTON","Version":"20250516"},"Status":"READY"}]})";
    const auto list = reader.read_applications(applications);
    REQUIRE(list.has_value());
    CHECK(list->next_token.empty());
    REQUIRE(list->items.size() == 1);
    CHECK(list->items[0].id == "a-1");
    CHECK(list->items[0].description == "Game");
    CHECK(list->items[0].runtime == "PROTON 20250516");
    CHECK(list->items[0].status == "READY");
}

TEST_CASE("an application alone") {
    InventoryReader reader;
    std::string text =
        R"({"Arn":"arn:aws:gameliftstreams:r:111122223333:application/a-7","Status":"ERROR","ExecutablePath":"g.exe"})";
    const Result<Application> application = reader.read_application(text);
    REQUIRE(application.has_value());
    CHECK(application->id == "a-7");
    CHECK(application->runtime.empty());
}

TEST_CASE("inventory that is not what it should be is malformed") {
    InventoryReader reader;
    for (const char* body :
         {"", "{}", "[]", "{\"Items\":null}", "{\"Items\":[{}]}", "{\"Items\":[5]}",
          "{\"Items\":[{\"Id\":\"a\"}]", "{\"Items\":[{\"Id\":\"\",\"Arn\":\"\"}]}"}) {
        std::string text = body;
        CHECK_MESSAGE(!reader.read_stream_groups(text).has_value(), body);
        CHECK_MESSAGE(!reader.read_applications(text).has_value(), body);
    }
    for (const char* body : {"", "{}", "[]", "{\"Id\":\"a\"", "{\"Id\":\"a\"}x", "{\"Id\":7}"}) {
        std::string text = body;
        CHECK_MESSAGE(!reader.read_stream_group(text).has_value(), body);
        CHECK_MESSAGE(!reader.read_application(text).has_value(), body);
    }
    std::string locations = R"({"Id":"sg-1","LocationStates":[7]})";
    CHECK_FALSE(reader.read_stream_group(locations).has_value());
}
