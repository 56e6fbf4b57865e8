#include "streams/list_inventory.hpp"
#include "support/run_coroutine.hpp"
#include "support/scripted_api.hpp"

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

using namespace gls;
using namespace gls::streams;
using gls::test::ScriptedApi;

namespace {

struct ListInventoryFixture {
    ScriptedApi api;
    boost::asio::io_context context;

    Result<Inventory> list(PageLimits limits = {}) {
        return test::run_coroutine(context, list_inventory(api, limits));
    }
    void expect_no_applications() { api.expect("ListApplications").answer(R"({"Items":[]})"); }
};

constexpr const char* two_places = R"({"Id":"sg-1","Status":"ACTIVE","LocationStates":[
    {"LocationName":"us-west-2","AllocatedCapacity":3},
    {"LocationName":"us-west-2","AllocatedCapacity":9},
    {"LocationName":"eu-west-1","AllocatedCapacity":4}]})";

} // namespace

TEST_CASE_FIXTURE(ListInventoryFixture,
                  "lists to their ends, then each group's capacity; each id once") {
    api.expect("ListStreamGroups")
        .path({"streamgroups"})
        .query("MaxResults", "100")
        .no_query("NextToken")
        .urgency(aws::Urgency::inventory)
        .answer(R"({"Items":[{"Id":"sg-1"}],"NextToken":"t"})");
    api.expect("ListStreamGroups")
        .query("NextToken", "t")
        .answer(R"({"Items":[{"Id":"sg-1"},{"Id":"sg-2"}]})");
    api.expect("GetStreamGroup")
        .path({"streamgroups", "sg-1"})
        .urgency(aws::Urgency::inventory)
        .answer(two_places);
    api.expect("GetStreamGroup").path({"streamgroups", "sg-2"}).answer(R"({"Id":"sg-2"})");
    api.expect("ListApplications")
        .path({"applications"})
        .query("MaxResults", "100")
        .answer(R"({"Items":[{"Id":"a-1","Status":"READY"}]})");
    const auto inventory = list();
    REQUIRE(inventory.has_value());
    REQUIRE(inventory->stream_groups.size() == 2);
    REQUIRE(inventory->stream_groups[0].locations.size() == 2);
    CHECK(inventory->stream_groups[0].locations[0].allocated == 3);
    CHECK(inventory->stream_groups[0].locations[1].allocated == 4);
    CHECK(inventory->stream_groups[1].id == "sg-2");
    REQUIRE(inventory->applications.size() == 1);
    CHECK(inventory->applications[0].status == "READY");
    CHECK(calls_for(*inventory) == 4);
}

TEST_CASE_FIXTURE(ListInventoryFixture, "a group deleted after it was listed is left out") {
    api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-1"},{"Id":"sg-2"}]})");
    api.expect("GetStreamGroup").fail(ErrorKind::not_found);
    api.expect("GetStreamGroup").answer(R"({"Id":"sg-2"})");
    expect_no_applications();
    const auto inventory = list();
    REQUIRE(inventory.has_value());
    REQUIRE(inventory->stream_groups.size() == 1);
    CHECK(inventory->stream_groups[0].id == "sg-2");
}

TEST_CASE_FIXTURE(ListInventoryFixture,
                  "whole or nothing: whichever call fails, its error is the result") {
    SUBCASE("the list of groups") {
        api.expect("ListStreamGroups").fail(ErrorKind::denied);
    }
    SUBCASE("one group") {
        api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-1"}]})");
        api.expect("GetStreamGroup").fail(ErrorKind::denied);
    }
    SUBCASE("the list of applications") {
        api.expect("ListStreamGroups").answer(R"({"Items":[]})");
        api.expect("ListApplications").fail(ErrorKind::denied);
    }
    const auto inventory = list();
    REQUIRE_FALSE(inventory.has_value());
    CHECK(inventory.error().kind == ErrorKind::denied);
}

TEST_CASE_FIXTURE(ListInventoryFixture, "answers that cannot be right are malformed") {
    PageLimits limits;
    SUBCASE("another group than asked for") {
        api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-1"}]})");
        api.expect("GetStreamGroup").answer(R"({"Id":"sg-2"})");
    }
    SUBCASE("a token that comes again") {
        for (int i = 0; i < 2; ++i)
            api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-1"}],"NextToken":"t"})");
    }
    SUBCASE("more pages than there may be") {
        limits.pages = 1;
        api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-1"}],"NextToken":"t"})");
    }
    const auto inventory = list(limits);
    REQUIRE_FALSE(inventory.has_value());
    CHECK(inventory.error().kind == ErrorKind::malformed);
}

TEST_CASE_FIXTURE(ListInventoryFixture, "an expired token begins the list anew, once") {
    api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-old"}],"NextToken":"t"})");
    api.expect("ListStreamGroups").query("NextToken", "t").fail(ErrorKind::expired_token);
    SUBCASE("and ends it well, without what was read before") {
        api.expect("ListStreamGroups").no_query("NextToken").answer(R"({"Items":[]})");
        expect_no_applications();
        const auto inventory = list();
        REQUIRE(inventory.has_value());
        CHECK(inventory->stream_groups.empty());
    }
    SUBCASE("and gives up the second time") {
        api.expect("ListStreamGroups").answer(R"({"Items":[],"NextToken":"t"})");
        api.expect("ListStreamGroups").fail(ErrorKind::expired_token);
        CHECK(list().error().kind == ErrorKind::expired_token);
    }
}

TEST_CASE_FIXTURE(ListInventoryFixture, "the stream groups alone, as urgent as asked for") {
    const auto ids = [&] {
        return test::run_coroutine(context, list_stream_groups(api, aws::Urgency::full));
    };
    SUBCASE("to their end") {
        api.expect("ListStreamGroups")
            .urgency(aws::Urgency::full)
            .answer(R"({"Items":[{"Id":"sg-1"}],"NextToken":"t"})", 2);
        api.expect("ListStreamGroups")
            .query("NextToken", "t")
            .urgency(aws::Urgency::full)
            .answer(R"({"Items":[{"Id":"sg-1"},{"Id":"sg-2"}]})");
        const auto groups = ids();
        CHECK_FALSE(groups.failure);
        CHECK(groups.ids == std::vector<std::string>{"sg-1", "sg-2"});
        CHECK(groups.attempts == 3);
    }
    SUBCASE("or with what failed") {
        api.expect("ListStreamGroups").fail(ErrorKind::throttled, 4);
        const auto groups = ids();
        REQUIRE(groups.failure);
        CHECK(groups.failure->kind == ErrorKind::throttled);
        CHECK(groups.attempts == 4);
    }
}
