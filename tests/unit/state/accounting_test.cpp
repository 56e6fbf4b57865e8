// DESIGN's "Lifecycle accounting": which commits mean which events.
#include "table_fixture.hpp"

#include <doctest/doctest.h>

using namespace gls;
using namespace gls::state;
using namespace gls::test;

TEST_CASE_FIXTURE(
    TableFixture,
    "a tombstone is remembered over two full sweeps; coming back is no event of its own") {
    full({session("A", Status::terminated), session("B", Status::active)});
    full({});
    CHECK(table.counts().tombstones == 2);
    full({});
    SUBCASE("back in time") {
        const Committed done =
            full({session("A", Status::terminated), session("B", Status::active)});
        CHECK(done.events.empty());
        CHECK(table.counts().tombstones == 0);
        CHECK(table.counts().tracked == 2);
    }
    SUBCASE("back in time, ended meanwhile") {
        CHECK(kinds(full({session("B", Status::terminated)})) ==
              Kinds{EventKind::moved, EventKind::ended});
    }
    SUBCASE("forgotten") {
        full({});
        CHECK(table.counts().tombstones == 0);
        CHECK(kinds(full({session("B", Status::active)})) ==
              Kinds{EventKind::started, EventKind::activated});
    }
}

TEST_CASE_FIXTURE(TableFixture,
                  "before the first full sweep is complete, old sessions are baseline") {
    TestSession young = session("Y", Status::terminated);
    young.created_at = birth + seconds{1};
    CHECK(live({session("A", Status::active)}).events.empty());
    CHECK(kinds(full({session("A", Status::connected), session("B", Status::terminated), young})) ==
          Kinds{EventKind::moved, EventKind::started, EventKind::ended});
    SUBCASE("but their ends count") {
        CHECK(kinds(live({session("A", Status::terminating)})) == Kinds{EventKind::moved});
        CHECK(kinds(full({session("A", Status::error), session("B", Status::terminated), young})) ==
              Kinds{EventKind::moved, EventKind::ended});
    }
    SUBCASE("and what is met later counts, begun and ended between two sweeps") {
        CHECK(kinds(full({session("Z", Status::terminated)})) ==
              Kinds{EventKind::started, EventKind::ended});
    }
}

TEST_CASE_FIXTURE(TableFixture, "events carry labels, times and where a session came from") {
    full({});
    TestSession one = session("A", Status::active, 510);
    CHECK(kinds(live({one})) == Kinds{EventKind::started, EventKind::activated});
    one.status = Status::terminated;
    one.status_reason = "idleTimeout";
    one.last_updated_at = WallTime{seconds{700}};
    const Committed done = live({one});
    REQUIRE(kinds(done) == Kinds{EventKind::moved, EventKind::ended});
    CHECK(done.events[0].from == Status::active);
    CHECK(done.events[0].cell.status == Status::terminated);
    CHECK(*done.events[1].updated_at - *done.events[1].created_at == seconds{200});
    CHECK(table.labels().status_reason.text_of(done.events[1].cell.status_reason) == "idleTimeout");
    CHECK(table.labels().stream_group.text_of(done.events[1].cell.stream_group) ==
          one.stream_group);
}
