// DESIGN's "Sweeps", one rule a case.
#include "snapshot_text.hpp"
#include "table_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace gls;
using namespace gls::state;
using namespace gls::test;

TEST_CASE_FIXTURE(TableFixture,
                  "a sweep shows in the table when it is committed, whole or not at all") {
    full({session("A", Status::active)});
    const std::string before = text_of(snapshot_of(table));
    {
        Sweep abandoned = begin(SweepKind::full);
        TestSession other = session("B", Status::error);
        other.location = "eu-west-1";
        other.stream_group = "sg-2";
        read(abandoned, other);
        read(abandoned, session("A", Status::terminated));
        CHECK(text_of(snapshot_of(table)) == before);
    }
    CHECK(text_of(snapshot_of(table)) == before);
    CHECK(table.labels().location.size() == 3); // "other", "" and us-west-2
}

TEST_CASE_FIXTURE(
    TableFixture,
    "met twice in a sweep: the newer LastUpdatedAt counts, of equal ones the later read") {
    Sweep sweep = begin(SweepKind::full);
    read(sweep, session("A", Status::connected, 20));
    read(sweep, session("A", Status::active, 10));
    read(sweep, session("B", Status::active, 10));
    read(sweep, session("B", Status::connected, 10));
    TestSession undated = session("C", Status::connected);
    read(sweep, session("C", Status::active, 99));
    undated.last_updated_at.reset();
    read(sweep, undated);
    const Committed done = table.commit(std::move(sweep));
    CHECK(done.sessions == 3);
    CHECK(done.duplicates == 3);
    CHECK(count(Status::connected) == 3);
    CHECK(table.counts().tracked == 3);
}

TEST_CASE_FIXTURE(TableFixture, "over sweeps that overlap, the later reading wins") {
    Sweep full_sweep = begin(SweepKind::full);
    read(full_sweep, session("A", Status::active, 30));
    live({session("A", Status::connected, 20)});
    read(full_sweep, session("B", Status::terminated));
    table.commit(std::move(full_sweep));
    CHECK(count(Status::connected) == 1);
    CHECK(count(Status::active) == 0);
}

TEST_CASE_FIXTURE(TableFixture, "a reading that AWS dates before an end does not undo the end") {
    full({session("A", Status::terminated, 50)});
    const Committed done = full({session("A", Status::active, 40)});
    CHECK(count(Status::terminated) == 1);
    CHECK(done.events.empty());
    full({session("A", Status::active, 60)});
    CHECK(count(Status::active) == 1);
}

TEST_CASE_FIXTURE(TableFixture,
                  "a full sweep removes what it does not meet, unless it was read since it began") {
    live({session("A", Status::active), session("B", Status::active)});
    Sweep full_sweep = begin(SweepKind::full);
    live({session("B", Status::active), session("C", Status::active)});
    const Committed done = table.commit(std::move(full_sweep));
    CHECK(done.removed == 1);
    CHECK(count(Status::active) == 2);
    CHECK(table.counts().tombstones == 1);
}

TEST_CASE_FIXTURE(TableFixture,
                  "a live sweep tells which live sessions and pending exports it has not met") {
    TestSession exporting = session("X", Status::terminated);
    exporting.export_status = ExportStatus::pending;
    full({session("A", Status::active), session("B", Status::connected), exporting,
          session("E", Status::error)});
    Sweep sweep = begin(SweepKind::live);
    read(sweep, session("A", Status::connected));
    std::vector<Unseen> unseen = table.unseen(sweep);
    std::ranges::sort(unseen, {}, &Unseen::session_id);
    REQUIRE(unseen.size() == 2);
    CHECK(unseen[0].session_id == "B");
    CHECK(unseen[0].stream_group == "sg-1AB2C3De4");
    CHECK(unseen[0].key == session("B", Status::connected).key());
    CHECK(unseen[1].session_id == "X");

    read(sweep, session("B", Status::terminated));
    sweep.not_found(unseen[1].key, table.next_read());
    CHECK(table.unseen(sweep).empty());
    const Committed done = table.commit(std::move(sweep));
    CHECK(done.removed == 1);
    CHECK(count(Status::terminated) == 1);
    CHECK(count(Status::connected) == 1);
    CHECK(table.counts().pending_exports == 0);
}

TEST_CASE_FIXTURE(TableFixture, "what an overlapping full sweep has met since is not unseen") {
    live({session("A", Status::active)});
    Sweep full_sweep = begin(SweepKind::full);
    const Sweep live_sweep = begin(SweepKind::live);
    CHECK(table.unseen(live_sweep).size() == 1);
    read(full_sweep, session("A", Status::active));
    table.commit(std::move(full_sweep));
    CHECK(table.unseen(live_sweep).empty());
}

TEST_CASE_FIXTURE(
    TableFixture,
    "what a full sweep begun later is without does not come back by an older reading") {
    full({session("known", Status::active), session("kept", Status::active)});
    Sweep live_sweep = begin(SweepKind::live);
    read(live_sweep, session("known", Status::active));
    read(live_sweep, session("unknown", Status::active));
    read(live_sweep, session("kept", Status::active));
    CHECK(full({session("kept", Status::connected)}).removed == 1);
    const auto later = session("later", Status::active);
    read(live_sweep, later);
    CHECK(kinds(table.commit(std::move(live_sweep))) ==
          Kinds{EventKind::started, EventKind::activated});
    CHECK(count(Status::active) == 1); // "later" alone
    CHECK(count(Status::connected) == 1);
    CHECK(table.counts().tracked == 2);
    CHECK(table.counts().tombstones == 1);
}

TEST_CASE_FIXTURE(
    TableFixture,
    "without look-ups an unmet session leaves the live counts at once, without an event") {
    full({session("A", Status::active), session("B", Status::active)});
    const Committed done = live({session("B", Status::active)});
    CHECK(done.events.empty());
    CHECK(done.removed == 0);
    CHECK(count(Status::active) == 1);
    CHECK(table.counts().hidden == 1);
    SUBCASE("until it is met again") {
        CHECK(kinds(live({session("A", Status::connected), session("B", Status::active)})) ==
              Kinds{EventKind::moved});
        CHECK(count(Status::connected) == 1);
        CHECK(table.counts().hidden == 0);
    }
    SUBCASE("until the full sweep finds its end") {
        CHECK(kinds(full({session("A", Status::terminated), session("B", Status::active)})) ==
              Kinds{EventKind::moved, EventKind::ended});
        CHECK(count(Status::terminated) == 1);
    }
    SUBCASE("until the full sweep does not list it") {
        CHECK(full({session("B", Status::active)}).removed == 1);
        CHECK(table.counts().hidden == 0);
    }
    SUBCASE("and a later live sweep may ask about it") {
        const Sweep sweep = begin(SweepKind::live);
        CHECK(table.unseen(sweep).size() == 2);
    }
}

TEST_CASE_FIXTURE(TableFixture,
                  "a full sweep does not bring back what a later live sweep has missed") {
    Sweep full_sweep = begin(SweepKind::full);
    read(full_sweep, session("A", Status::active));
    live({session("B", Status::active)});
    table.commit(std::move(full_sweep));
    CHECK(count(Status::active) == 1);
    CHECK(table.counts().hidden == 1);
}

TEST_CASE_FIXTURE(TableFixture,
                  "pending exports stay counted until a look-up or a full sweep tells more") {
    TestSession exporting = session("X", Status::terminated);
    exporting.export_status = ExportStatus::pending;
    full({exporting});
    live({});
    CHECK(table.counts().pending_exports == 1);
    exporting.export_status = ExportStatus::succeeded;
    CHECK(kinds(full({exporting})) == Kinds{EventKind::export_finished});
    CHECK(table.counts().pending_exports == 0);
    CHECK(full({exporting}).events.empty());
}

TEST_CASE_FIXTURE(TableFixture,
                  "a look-up that finds nothing outweighs a full sweep's earlier reading") {
    full({session("A", Status::active)});
    Sweep full_sweep = begin(SweepKind::full);
    read(full_sweep, session("A", Status::active));
    Sweep live_sweep = begin(SweepKind::live);
    live_sweep.not_found(table.unseen(live_sweep).at(0).key, table.next_read());
    CHECK(table.commit(std::move(live_sweep)).removed == 1);
    const Committed done = table.commit(std::move(full_sweep));
    CHECK(done.removed == 0);
    CHECK(table.counts().tracked == 0);
    CHECK(table.counts().tombstones == 1);
}

TEST_CASE_FIXTURE(TableFixture, "unknown statuses are left to full sweeps") {
    full({session("A", Status::unknown)});
    const Sweep sweep = begin(SweepKind::live);
    CHECK(table.unseen(sweep).empty());
    live({});
    CHECK(count(Status::unknown) == 1);
}
