#include "sweep_fixture.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace gls::test;
using streams::Status;

TEST_CASE("a full sweep reads everything in one chain") {
    SweepFixture f;
    f.api.expect(list_all).answer(page_json({{"a", "ACTIVE"}, {"b", "TERMINATED"}}, "t"));
    f.api.expect(list_all).query("NextToken", "t").answer(page_json({{"c", "ERROR"}}), 3);
    const auto outcome = f.run(SweepKind::full);
    REQUIRE(outcome.committed);
    CHECK(f.count(Status::active) == 1);
    CHECK(f.count(Status::terminated) == 1);
    CHECK(f.count(Status::error) == 1);
    CHECK(f.progress.pages == 2);
    CHECK(f.progress.sessions == 3);
    CHECK(f.progress.calls == 4);
    CHECK(f.notes.account_id() == "111122223333");
}

TEST_CASE("a chain that fails leaves the table as it was") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    expect_chain(f.api, "ACTIVATING", {{"new", "ACTIVATING"}});
    f.api.expect(list_all).query("Status", "ACTIVE").fail(ErrorKind::throttled, 5);
    const auto outcome = f.run(SweepKind::live);
    REQUIRE(outcome.failure);
    CHECK(outcome.failure->kind == ErrorKind::throttled);
    CHECK_FALSE(outcome.committed);
    CHECK(f.table.counts().tracked == 1);
    CHECK(f.progress.calls == 6);
}

TEST_CASE("the sessions of another account are no later picture of those that are shown") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    f.notes.belongs_to("999900001111");
    expect_full(f.api, {{"b", "CONNECTED"}});
    const auto outcome = f.run(SweepKind::full);
    REQUIRE(outcome.failure);
    CHECK(outcome.failure->kind == ErrorKind::credentials);
    CHECK(f.table.counts().tracked == 1);
    f.notes.belongs_to("111122223333"); // the keys have been put right
    expect_full(f.api, {{"b", "CONNECTED"}});
    CHECK(f.run(SweepKind::full).committed);
}

TEST_CASE("a list longer than its allowance ends with the budget as the reason") {
    SweepFixture f;
    Plan plan;
    plan.kind = SweepKind::full;
    plan.most_calls = 2;
    f.api.expect(list_all).answer(page_json({{"a", "ACTIVE"}}, "t1"));
    f.api.expect(list_all).answer(page_json({{"b", "ACTIVE"}}, "t2"));
    const auto outcome = f.run(plan);
    REQUIRE(outcome.failure);
    CHECK(outcome.failure->kind == ErrorKind::budget);
    CHECK(f.progress.pages == 2);
}

TEST_CASE("a session from the future is baseline to the first sweep, no event") {
    SweepFixture f;
    f.clock.jump(-std::chrono::minutes{20}); // to before it was created
    expect_full(f.api, {{"a", "TERMINATED"}});
    const auto outcome = f.run(SweepKind::full);
    REQUIRE(outcome.committed);
    CHECK(outcome.committed->events.empty());
    CHECK(f.count(Status::terminated) == 1);
}

TEST_CASE("a list that goes round, each time with another token, is no list") {
    SweepFixture f;
    const std::vector<Item> items{{"a", "ACTIVE"}, {"b", "ACTIVE"}};
    for (int page = 1; page <= 11; ++page) {
        f.api.expect(list_all).answer(page_json(items, "t" + std::to_string(page)));
    }
    const auto outcome = f.run(SweepKind::full);
    REQUIRE(outcome.failure);
    CHECK(outcome.failure->kind == ErrorKind::malformed);
    CHECK(f.table.counts().tracked == 0);
}

TEST_CASE("a live sweep may meet any number of pages a second time, in a chain of their own") {
    SweepFixture f;
    const auto expect_many = [&f](const char* status) {
        for (int page = 1; page <= 15; ++page) {
            f.api.expect(list_all)
                .query("Status", status)
                .answer(page_json({{std::to_string(page), status}},
                                  page < 15 ? "t" + std::to_string(page) : ""));
        }
    };
    for (const char* status : {"ACTIVATING", "ACTIVE"})
        expect_chain(f.api, status, {});
    expect_many("PENDING_CLIENT_RECONNECTION");
    expect_chain(f.api, "RECONNECTING", {});
    expect_chain(f.api, "CONNECTED", {});
    expect_many("PENDING_CLIENT_RECONNECTION");
    expect_chain(f.api, "RECONNECTING", {});
    expect_chain(f.api, "TERMINATING", {});
    expect_pending(f.api, {});
    const auto outcome = f.run(SweepKind::live);
    REQUIRE_FALSE(outcome.failure);
    CHECK(outcome.committed->duplicates == 15);
    CHECK(f.count(Status::pending_client_reconnection) == 15);
}

TEST_CASE("a chain begun anew meets everything a second time, which is as it should be") {
    SweepFixture f;
    for (int page = 1; page <= 12; ++page) {
        f.api.expect(list_all).answer(
            page_json({{std::to_string(page), "ACTIVE"}}, "t" + std::to_string(page)));
    }
    f.api.expect(list_all).query("NextToken", "t12").fail(ErrorKind::expired_token);
    for (int page = 1; page <= 12; ++page) {
        f.api.expect(list_all).answer(
            page_json({{std::to_string(page), "ACTIVE"}}, "u" + std::to_string(page)));
    }
    f.api.expect(list_all).answer(page_json({}));
    const auto outcome = f.run(SweepKind::full);
    REQUIRE(outcome.committed);
    CHECK(outcome.committed->duplicates == 12);
    CHECK(f.count(Status::active) == 12);
}

TEST_CASE("a status never heard of is counted, and logged once") {
    SweepFixture f;
    expect_full(f.api, {{"a", "HIBERNATING"}, {"b", "HIBERNATING"}, {"c", "ACTIVE", "MAYBE"}});
    REQUIRE(f.run(SweepKind::full).committed);
    CHECK(f.count(Status::unknown) == 2);
    CHECK(f.unknown.seen == std::vector<std::string>{"Status", "Status", "ExportFilesStatus"});
    CHECK(f.log.count("unknown_value") == 2);
}

} // namespace
