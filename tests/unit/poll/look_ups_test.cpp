#include "sweep_fixture.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace gls::test;
using streams::Status;

TEST_CASE("what a live sweep does not meet is asked about, and nobody else") {
    SweepFixture f;
    expect_full(f.api, {{"moved", "RECONNECTING"},
                        {"ended", "CONNECTED"},
                        {"gone", "CONNECTED"},
                        {"stays", "CONNECTED"},
                        {"old", "TERMINATED"}});
    REQUIRE(f.run(SweepKind::full).committed);

    expect_live(f.api, {{"stays", "CONNECTED"}});
    // They are asked about in the table's own order, which is none.
    std::vector<std::string> ids;
    {
        auto probe = f.table.begin(SweepKind::live, f.clock.now());
        for (const auto& unseen : f.table.unseen(probe)) {
            if (unseen.session_id != "stays") ids.push_back(unseen.session_id);
        }
    }
    REQUIRE(ids.size() == 3);
    for (const auto& id : ids) {
        if (id == "moved") expect_look_up(f.api, id).answer(session_json({"moved", "CONNECTED"}));
        if (id == "ended")
            expect_look_up(f.api, id).answer(session_json({"ended", "TERMINATED", "PENDING"}));
        if (id == "gone") expect_look_up(f.api, id).fail(ErrorKind::not_found);
    }
    const auto outcome = f.run(SweepKind::live);
    REQUIRE(outcome.committed);
    CHECK(outcome.unmet == 3);
    CHECK(outcome.committed->removed == 1);
    CHECK(f.count(Status::connected) == 2);
    CHECK(f.count(Status::terminated) == 2);
    CHECK(f.table.counts().pending_exports == 1);
    CHECK(f.progress.calls == 9 + 3);
}

TEST_CASE("a look-up that fails fails the sweep") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    expect_live(f.api, {});
    expect_look_up(f.api, "a").fail(ErrorKind::timeout);
    const auto outcome = f.run(SweepKind::live);
    REQUIRE(outcome.failure);
    CHECK(outcome.failure->kind == ErrorKind::timeout);
    CHECK(f.count(Status::connected) == 1);
}

TEST_CASE(
    "look-ups that are denied cost one call and leave the unmet out until the next full sweep") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}, {"b", "CONNECTED"}, {"c", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    expect_live(f.api, {{"c", "CONNECTED"}});
    f.api.expect("GetStreamSession").fail(ErrorKind::denied);
    const auto outcome = f.run(SweepKind::live);
    REQUIRE(outcome.committed);
    REQUIRE(outcome.look_ups_failed);
    CHECK(f.count(Status::connected) == 1);
    CHECK(f.table.counts().hidden == 2);
}

TEST_CASE("look-ups that go on failing are not waited for: the unmet stay out, without an event") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}, {"b", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    expect_live(f.api, {{"b", "CONNECTED"}});
    expect_look_up(f.api, "a").fail(ErrorKind::server_error);
    Plan plan;
    plan.look_ups_may_fail = true;
    const auto outcome = f.run(plan);
    REQUIRE(outcome.committed);
    CHECK(outcome.committed->events.empty());
    CHECK(outcome.look_ups_failed->kind == ErrorKind::server_error);
    CHECK(f.count(Status::connected) == 1);
    expect_live(f.api, {{"b", "CONNECTED"}});
    expect_look_up(f.api, "a").answer(session_json({"a", "TERMINATED"}));
    CHECK(f.run(SweepKind::live).committed->events.size() >= 1);
    CHECK(f.count(Status::terminated) == 1);
}

TEST_CASE("a look-up that the budget refuses leaves the live picture good") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}, {"b", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    expect_live(f.api, {{"b", "CONNECTED"}});
    expect_look_up(f.api, "a").fail(ErrorKind::budget);
    const auto outcome = f.run(SweepKind::live);
    REQUIRE(outcome.committed);
    CHECK(outcome.committed->events.empty());
    CHECK(outcome.look_ups_failed);
    CHECK(f.count(Status::connected) == 1);
}

TEST_CASE("without look-ups nobody is asked") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}, {"b", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    expect_live(f.api, {{"b", "CONNECTED"}});
    auto outcome = f.run(SweepKind::live, false);
    REQUIRE(outcome.committed);
    CHECK(outcome.unmet == 1);
    CHECK(f.count(Status::connected) == 1);
    expect_live(f.api, {});
    outcome = f.run(SweepKind::live, false);
    CHECK(outcome.unmet == 1); // the one that has left since, not those that had left before
}

TEST_CASE("of more unmet than may be asked about, the rest counts nowhere until a later sweep") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}, {"b", "CONNECTED"}, {"c", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    expect_live(f.api, {{"c", "CONNECTED"}});
    f.most_look_ups = 0;
    auto outcome = f.run(SweepKind::live);
    REQUIRE(outcome.committed);
    CHECK(outcome.committed->events.empty());
    CHECK(outcome.asked == 0);
    CHECK(outcome.put_off == 2);
    CHECK(f.table.counts().hidden == 2);

    // The one that has left since is asked about first: it may be live yet.
    expect_live(f.api, {});
    expect_look_up(f.api, "c").answer(session_json({"c", "CONNECTED"}));
    f.api.expect("GetStreamSession").fail(ErrorKind::not_found);
    f.most_look_ups = 2;
    outcome = f.run(SweepKind::live);
    REQUIRE(outcome.committed);
    CHECK(outcome.unmet == 1);
    CHECK(outcome.asked == 2);
    CHECK(outcome.put_off == 1);
    CHECK(outcome.committed->removed == 1);
    CHECK(f.count(Status::connected) == 1);

    expect_live(f.api, {{"c", "CONNECTED"}});
    f.api.expect("GetStreamSession").fail(ErrorKind::not_found);
    outcome = f.run(SweepKind::live);
    REQUIRE(outcome.committed);
    CHECK(outcome.put_off == 0);
    CHECK(f.table.counts().hidden == 0);
    CHECK(f.table.counts().tracked == 1);
}

TEST_CASE("once the time for look-ups is over nobody else is asked about") {
    SweepFixture f;
    std::vector<Item> all;
    for (int i = 0; i < 30; ++i)
        all.push_back({"s-" + std::to_string(i), "CONNECTED"});
    expect_full(f.api, all);
    REQUIRE(f.run(SweepKind::full).committed);
    expect_live(f.api, {});
    f.look_up_time = seconds{4};
    for (int i = 0; i < 2; ++i)
        f.api.expect("GetStreamSession")
            .meanwhile([&f] { f.clock.advance(seconds{2}); })
            .fail(ErrorKind::not_found);
    const auto outcome = f.run(SweepKind::live);
    REQUIRE(outcome.committed);
    CHECK(outcome.asked == 2);
    CHECK(outcome.put_off == 28);
    CHECK(f.table.counts().hidden == 28);
}

TEST_CASE("an export that nobody was asked about is not one that has left since") {
    SweepFixture f;
    expect_full(f.api, {{"a", "TERMINATED", "PENDING"}});
    REQUIRE(f.run(SweepKind::full).committed);
    f.most_look_ups = 0;
    expect_live(f.api, {});
    auto outcome = f.run(SweepKind::live);
    CHECK(outcome.unmet == 1);
    CHECK(outcome.put_off == 1);
    expect_live(f.api, {});
    outcome = f.run(SweepKind::live);
    CHECK(outcome.unmet == 0);
    CHECK(outcome.put_off == 1);
    f.most_look_ups = 5;
    expect_live(f.api, {});
    expect_look_up(f.api, "a").answer(session_json({"a", "TERMINATED", "SUCCEEDED"}));
    outcome = f.run(SweepKind::live);
    CHECK(outcome.put_off == 0);
    CHECK(f.table.counts().pending_exports == 0);
}

TEST_CASE("more unmet than pages: a full sweep takes over, if it may") {
    SweepFixture f;
    expect_full(f.api, {{"a", "CONNECTED"}, {"b", "CONNECTED"}, {"c", "CONNECTED"}});
    REQUIRE(f.run(SweepKind::full).committed);
    f.fleet.established = true; // one page
    expect_live(f.api, {});
    const auto outcome = f.run(SweepKind::live);
    CHECK(outcome.superseded);
    CHECK_FALSE(outcome.committed);
    CHECK_FALSE(outcome.failure);
    CHECK(f.count(Status::connected) == 3);

    expect_live(f.api, {});
    for (int i = 0; i < 3; ++i)
        f.api.expect("GetStreamSession").fail(ErrorKind::not_found);
    CHECK(f.run(SweepKind::live, true, false).committed);
    CHECK(f.table.counts().tracked == 0);
}

} // namespace
