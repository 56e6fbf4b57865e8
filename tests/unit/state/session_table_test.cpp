// DESIGN's "Sweeps" and "Lifecycle accounting", one rule a case.
#include "snapshot_text.hpp"
#include "state/session_table.hpp"
#include "support/sessions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace gls;
using namespace gls::state;
using gls::test::TestSession;
using streams::ExportStatus;
using streams::Status;

namespace {

constexpr WallTime birth{seconds{1'000}};

TestSession session(const char* id, Status status, int updated = 10) {
    TestSession session;
    session.session_id = id;
    session.status = status;
    session.created_at = WallTime{seconds{500}};
    session.last_updated_at = WallTime{seconds{updated}};
    return session;
}

struct Fixture {
    SessionTable table{{.born_at = birth, .max_values_per_label = 200}};
    WallTime now{seconds{2'000}};

    Sweep begin(SweepKind kind) { return table.begin(kind, now += seconds{60}); }
    void read(Sweep& sweep, const TestSession& session) {
        sweep.add(session.view(), table.next_read());
    }
    Committed sweep(SweepKind kind, const std::vector<TestSession>& sessions) {
        Sweep sweep = begin(kind);
        for (const TestSession& session : sessions)
            read(sweep, session);
        return table.commit(std::move(sweep));
    }
    Committed full(const std::vector<TestSession>& sessions) {
        return sweep(SweepKind::full, sessions);
    }
    Committed live(const std::vector<TestSession>& sessions) {
        return sweep(SweepKind::live, sessions);
    }
    [[nodiscard]] std::uint64_t count(Status status) const {
        return table.counts().by_status[static_cast<std::size_t>(status)];
    }
};

std::vector<EventKind> kinds(const Committed& done) {
    std::vector<EventKind> kinds;
    for (const Event& event : done.events)
        kinds.push_back(event.kind);
    return kinds;
}
using Kinds = std::vector<EventKind>;

} // namespace

TEST_CASE_FIXTURE(Fixture, "a sweep shows in the table when it is committed, whole or not at all") {
    full({session("A", Status::active)});
    const std::string before = test::text_of(snapshot_of(table));
    {
        Sweep abandoned = begin(SweepKind::full);
        TestSession other = session("B", Status::error);
        other.location = "eu-west-1";
        other.stream_group = "sg-2";
        read(abandoned, other);
        read(abandoned, session("A", Status::terminated));
        CHECK(test::text_of(snapshot_of(table)) == before);
    }
    CHECK(test::text_of(snapshot_of(table)) == before);
    CHECK(table.labels().location.size() == 3); // "other", "" and us-west-2
}

TEST_CASE_FIXTURE(
    Fixture, "met twice in a sweep: the newer LastUpdatedAt counts, of equal ones the later read") {
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

TEST_CASE_FIXTURE(Fixture, "over sweeps that overlap, the later reading wins") {
    Sweep full_sweep = begin(SweepKind::full);
    read(full_sweep, session("A", Status::active, 30));
    live({session("A", Status::connected, 20)});
    read(full_sweep, session("B", Status::terminated));
    table.commit(std::move(full_sweep));
    CHECK(count(Status::connected) == 1);
    CHECK(count(Status::active) == 0);
}

TEST_CASE_FIXTURE(Fixture, "a reading that AWS dates before an end does not undo the end") {
    full({session("A", Status::terminated, 50)});
    const Committed done = full({session("A", Status::active, 40)});
    CHECK(count(Status::terminated) == 1);
    CHECK(done.events.empty());
    full({session("A", Status::active, 60)});
    CHECK(count(Status::active) == 1);
}

TEST_CASE_FIXTURE(Fixture,
                  "a full sweep removes what it does not meet, unless it was read since it began") {
    live({session("A", Status::active), session("B", Status::active)});
    Sweep full_sweep = begin(SweepKind::full);
    live({session("B", Status::active), session("C", Status::active)});
    const Committed done = table.commit(std::move(full_sweep));
    CHECK(done.removed == 1);
    CHECK(count(Status::active) == 2);
    CHECK(table.counts().tombstones == 1);
}

TEST_CASE_FIXTURE(Fixture,
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

TEST_CASE_FIXTURE(Fixture, "what an overlapping full sweep has met since is not unseen") {
    live({session("A", Status::active)});
    Sweep full_sweep = begin(SweepKind::full);
    Sweep live_sweep = begin(SweepKind::live);
    CHECK(table.unseen(live_sweep).size() == 1);
    read(full_sweep, session("A", Status::active));
    table.commit(std::move(full_sweep));
    CHECK(table.unseen(live_sweep).empty());
}

TEST_CASE_FIXTURE(
    Fixture, "without look-ups an unmet session leaves the live counts at once, without an event") {
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

TEST_CASE_FIXTURE(Fixture, "a full sweep does not bring back what a later live sweep has missed") {
    Sweep full_sweep = begin(SweepKind::full);
    read(full_sweep, session("A", Status::active));
    live({session("B", Status::active)});
    table.commit(std::move(full_sweep));
    CHECK(count(Status::active) == 1);
    CHECK(table.counts().hidden == 1);
}

TEST_CASE_FIXTURE(Fixture,
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

TEST_CASE_FIXTURE(
    Fixture, "a tombstone is remembered over two full sweeps; coming back is no event of its own") {
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

TEST_CASE_FIXTURE(Fixture,
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

TEST_CASE_FIXTURE(Fixture, "before the first full sweep is complete, old sessions are baseline") {
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

TEST_CASE_FIXTURE(Fixture, "events carry labels, times and where a session came from") {
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

TEST_CASE_FIXTURE(Fixture, "a picture is as old as the first call of the sweep that made it") {
    CHECK_FALSE(snapshot_of(table).live_as_of.has_value());
    live({});
    const WallTime first_live = now;
    CHECK(snapshot_of(table).live_as_of == first_live);
    CHECK_FALSE(snapshot_of(table).full_as_of.has_value());
    Sweep full_sweep = begin(SweepKind::full);
    const WallTime first_full = now;
    live({});
    const WallTime second_live = now;
    table.commit(std::move(full_sweep));
    CHECK(snapshot_of(table).live_as_of == second_live);
    CHECK(snapshot_of(table).full_as_of == first_full);
    full({});
    CHECK(snapshot_of(table).live_as_of == now);
}

TEST_CASE_FIXTURE(Fixture, "unknown statuses are left to full sweeps") {
    full({session("A", Status::unknown)});
    const Sweep sweep = begin(SweepKind::live);
    CHECK(table.unseen(sweep).empty());
    live({});
    CHECK(count(Status::unknown) == 1);
}

TEST_CASE_FIXTURE(Fixture, "a location without sessions keeps its zeros for one whole full sweep") {
    full({session("A", Status::active)});
    full({});
    REQUIRE(snapshot_of(table).locations.size() == 1);
    CHECK(snapshot_of(table).locations[0].sessions == StatusCounts{});
    CHECK(snapshot_of(table).stream_groups.size() == 1);
    CHECK(snapshot_of(table).applications.size() == 1);
    live({});
    CHECK(snapshot_of(table).locations.size() == 1);
    full({});
    CHECK(snapshot_of(table).locations.empty());
    CHECK(snapshot_of(table).stream_groups.empty());
    CHECK(snapshot_of(table).applications.empty());
}

TEST_CASE_FIXTURE(Fixture, "the oldest session of a status is exact when it leaves") {
    TestSession old = session("A", Status::active, 10);
    old.created_at = WallTime{seconds{100}};
    full({old, session("B", Status::active, 20), session("E", Status::error, 5)});
    const auto created = [&](Status status) {
        return snapshot_of(table).locations.at(0).oldest_created[static_cast<std::size_t>(status)];
    };
    CHECK(created(Status::active) == WallTime{seconds{100}});
    old.status = Status::connected;
    live({old, session("B", Status::active, 20)});
    CHECK(created(Status::active) == WallTime{seconds{500}});
    CHECK(created(Status::connected) == WallTime{seconds{100}});
    CHECK_FALSE(created(Status::reconnecting).has_value());
    full({});
    CHECK_FALSE(created(Status::error).has_value());
}

TEST_CASE("values past the limit are summed under other, for good") {
    SessionTable table{{.born_at = birth, .max_values_per_label = 2}};
    std::vector<TestSession> sessions;
    for (const char* location : {"a", "b", "c", "d", "c"}) {
        sessions.push_back(session("x", Status::active));
        sessions.back().session_id += std::to_string(sessions.size());
        sessions.back().location = location;
    }
    const auto commit = [&] {
        Sweep sweep = table.begin(SweepKind::full, WallTime{});
        for (const TestSession& one : sessions)
            sweep.add(one.view(), table.next_read());
        table.commit(std::move(sweep));
        return snapshot_of(table);
    };
    const Snapshot first = commit();
    REQUIRE(first.locations.size() == 3);
    CHECK(first.locations[0].location == "a");
    CHECK(first.locations[2].location == "other");
    CHECK(first.locations[2].sessions[static_cast<std::size_t>(Status::active)] == 3);
    CHECK(first.folded.location == 2);
    CHECK(first.folded.stream_group == 0);

    table.limit_labels(10); // "c" stays folded, "e" gets a line
    sessions[0].location = "e";
    const Snapshot second = commit();
    CHECK(second.locations.size() == 4);
    CHECK(second.folded.location == 2);
    sessions[0].location = "other";        // a real one of that name
    CHECK(commit().locations.size() == 3); // b, e with zeros, and other
}
