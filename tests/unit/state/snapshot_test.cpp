// What a snapshot shows: its age, rows of zeros, oldest sessions, folded labels.
#include "table_fixture.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace gls;
using namespace gls::state;
using namespace gls::test;

TEST_CASE_FIXTURE(TableFixture, "a picture is as old as the first call of the sweep that made it") {
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

TEST_CASE_FIXTURE(TableFixture, "a wall clock that was set back does not make a picture younger") {
    live({});
    const WallTime ahead = now;
    Sweep overtaken = begin(SweepKind::full);
    now -= std::chrono::hours{24};
    live({});
    const WallTime behind = now;
    CHECK(behind < ahead);
    CHECK(snapshot_of(table).live_as_of == behind);
    table.commit(std::move(overtaken)); // begun before, though the clock says later
    CHECK(snapshot_of(table).live_as_of == behind);
    full({});
    CHECK(snapshot_of(table).live_as_of == now);
    CHECK(snapshot_of(table).full_as_of == now);
}

TEST_CASE_FIXTURE(TableFixture,
                  "a location without sessions keeps its zeros for one whole full sweep") {
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

TEST_CASE_FIXTURE(TableFixture, "the oldest session of a status is exact when it leaves") {
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
