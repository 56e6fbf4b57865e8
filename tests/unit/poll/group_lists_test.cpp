// Full sweeps in parts.
#include "poll/chain.hpp"
#include "sweep_fixture.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace gls::test;
using streams::Status;

constexpr const char* groups_1_and_2 = R"({"Items":[{"Id":"sg-1"},{"Id":"sg-2"}]})";

ScriptedApi::Step& expect_part(ScriptedApi& api, const std::string& group) {
    return api.expect("ListStreamSessions")
        .path({"streamgroups", group, "streamsessions"})
        .no_query("Status")
        .urgency(aws::Urgency::full);
}

Plan full_in_parts() {
    Plan plan;
    plan.kind = SweepKind::full;
    plan.by_group = true;
    return plan;
}

TEST_CASE("a full sweep in parts reads the list of every stream group, and removes what is gone") {
    SweepFixture f;
    expect_full(f.api, {{"a", "ACTIVE"}, {"gone", "TERMINATED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    f.api.expect("ListStreamGroups").urgency(aws::Urgency::full).answer(groups_1_and_2, 2);
    expect_part(f.api, "sg-1").answer(page_json({{"a", "CONNECTED"}}, "t"));
    expect_part(f.api, "sg-1").query("NextToken", "t").answer(page_json({{"b", "ERROR"}}));
    expect_part(f.api, "sg-2").answer(page_json({}));
    const auto outcome = f.run(full_in_parts());
    REQUIRE(outcome.committed);
    REQUIRE(outcome.parts);
    CHECK(outcome.parts->whole);
    CHECK(outcome.parts->stream_groups == 2);
    CHECK(outcome.committed->removed == 1);
    CHECK(f.count(Status::connected) == 1);
    CHECK(f.count(Status::error) == 1);
    CHECK(f.count(Status::terminated) == 0);
    CHECK(f.progress.pages == 3);
    CHECK(f.progress.sessions == 2);
    CHECK(f.progress.calls == 5);
}

TEST_CASE("where parts cannot be the whole, the account's own list is read") {
    SweepFixture f;
    expect_full(f.api, {{"a", "ACTIVE"}});
    REQUIRE(f.run(SweepKind::full).committed);
    bool denied = false;
    SUBCASE("a known stream group is not listed any more") {
        f.api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-2"}]})");
    }
    SUBCASE("that of a hidden session is not") {
        expect_live(f.api, {});
        REQUIRE(f.run(SweepKind::live, false).committed);
        REQUIRE(f.table.counts().hidden == 1);
        f.api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-2"}]})");
    }
    SUBCASE("one is deleted meanwhile") {
        f.api.expect("ListStreamGroups").answer(groups_1_and_2);
        expect_part(f.api, "sg-1").answer(page_json({{"a", "ACTIVE"}}));
        expect_part(f.api, "sg-2").fail(ErrorKind::not_found);
    }
    SUBCASE("the stream groups must not be listed") {
        denied = true;
        f.api.expect("ListStreamGroups").fail(ErrorKind::denied);
    }
    SUBCASE("nor their sessions") {
        denied = true;
        f.api.expect("ListStreamGroups").answer(groups_1_and_2);
        expect_part(f.api, "sg-1").fail(ErrorKind::denied);
    }
    expect_full(f.api, {{"a", "ACTIVE"}, {"b", "ERROR"}});
    const auto outcome = f.run(full_in_parts());
    REQUIRE(outcome.committed);
    REQUIRE(outcome.parts);
    CHECK_FALSE(outcome.parts->whole);
    CHECK(outcome.parts->denied.has_value() == denied);
    CHECK(outcome.committed->sessions == 2);
    CHECK(outcome.committed->removed == 0);
    CHECK(f.count(Status::error) == 1);
}

TEST_CASE("a part that fails fails the sweep, and the table is as it was") {
    SweepFixture f;
    expect_full(f.api, {{"a", "ACTIVE"}});
    REQUIRE(f.run(SweepKind::full).committed);
    SUBCASE("the list of the groups") {
        f.api.expect("ListStreamGroups").fail(ErrorKind::throttled, 5);
    }
    SUBCASE("the list of one group") {
        f.api.expect("ListStreamGroups").answer(groups_1_and_2, 3);
        expect_part(f.api, "sg-1").fail(ErrorKind::throttled, 2);
    }
    const auto outcome = f.run(full_in_parts());
    REQUIRE(outcome.failure);
    CHECK(outcome.failure->kind == ErrorKind::throttled);
    CHECK_FALSE(outcome.committed);
    CHECK(f.table.counts().tracked == 1);
    CHECK(f.progress.calls == 5);
}

TEST_CASE("what parts did not meet stays a tombstone until two chains have missed it") {
    SweepFixture f;
    expect_full(f.api, {{"a", "ACTIVE"}, {"gone", "TERMINATED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    for (int i = 0; i < 4; ++i) {
        f.api.expect("ListStreamGroups").answer(R"({"Items":[{"Id":"sg-1"}]})");
        expect_part(f.api, "sg-1").answer(page_json({{"a", "ACTIVE"}}));
        REQUIRE(f.run(full_in_parts()).committed);
        CHECK(f.table.counts().tombstones == 1);
    }
    for (const std::uint64_t left : {1, 0}) {
        expect_full(f.api, {{"a", "ACTIVE"}});
        REQUIRE(f.run(SweepKind::full).committed);
        CHECK(f.table.counts().tombstones == left);
    }
}

TEST_CASE("parts that have become vain are not read to their end") {
    SweepFixture f;
    SweepProgress progress;
    std::optional<Error> failed;
    auto sweep = f.table.begin(SweepKind::full, f.clock.now());
    const SweepParts parts{f.api, f.clock, f.table, f.reader, f.notes};
    const auto chain = [&] {
        const streams::Filter everything;
        return run_coroutine(f.context, f.clock,
                             run_chain(parts, sweep, everything, aws::Urgency::full,
                                       streams::PageLimits{}, progress, &failed));
    };
    expect_full(f.api, {{"a", "ACTIVE"}});
    CHECK_FALSE(chain().failure); // its last page is no reason to fail
    failed.emplace().kind = ErrorKind::throttled;
    f.api.expect(list_all).answer(page_json({{"b", "ACTIVE"}}, "more"));
    CHECK(chain().failure);
}

} // namespace
