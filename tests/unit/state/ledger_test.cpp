// What a ledger counts of events, and what of it is there before anything has happened.
#include "table_fixture.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

namespace gls::test {
namespace {

using state::Counter;
using state::Lifecycle;
using state::Series;

// Created after the birth, so that it is never baseline.
TestSession born(const char* id, Status status, int lived_seconds = 10) {
    TestSession made = session(id, status);
    made.created_at = WallTime{seconds{1'500}};
    made.last_updated_at = *made.created_at + seconds{lived_seconds};
    return made;
}

TestSession ended(const char* id, const char* reason, int lived_seconds) {
    TestSession made = born(id, Status::terminated, lived_seconds);
    made.status_reason = reason;
    return made;
}

std::uint64_t total(const Lifecycle& all) {
    std::uint64_t sum = 0;
    for (const auto& row : all.started)
        sum += row.count;
    for (const auto& row : all.ended)
        sum += row.count;
    for (const auto& row : all.moved)
        sum += row.count;
    for (const auto& row : all.exports)
        sum += row.count;
    return sum;
}

// An inventory of one stream group and one application.
streams::Inventory new_group(const char* location) {
    streams::Inventory inventory;
    streams::StreamGroup& group = inventory.stream_groups.emplace_back();
    group.id = "sg-new";
    group.locations.emplace_back().location = location;
    inventory.applications.emplace_back().id = "a-new";
    return inventory;
}

TEST_CASE("the number of a series tells the series") {
    const Series series{.counter = Counter::activation_sum,
                        .bucket = 11,
                        .from = Status::unknown,
                        .status = 8,
                        .status_reason = 65'535,
                        .stream_group = 1,
                        .location = 40'000};
    CHECK(state::series_of(state::number_of(series)) == series);
    CHECK(state::series_of(state::number_of({})) == Series{});
}

TEST_CASE("what can be foreseen for a known location and group is there at 0") {
    TableFixture fixture;
    fixture.full({session("a", Status::active), session("b", Status::terminated)}); // baseline
    const Lifecycle all = lifecycle_of(fixture.table);
    CHECK(total(all) == 0);
    CHECK(all.since == birth);
    CHECK(all.started.size() == 1);
    CHECK(all.ended.size() == streams::known_end_reasons.size());
    CHECK(all.moved.size() == 14);
    CHECK(all.exports.size() == 2);
    REQUIRE(all.durations.size() == 1);
    CHECK(all.durations[0].buckets.size() == state::duration_bounds.size() + 1);
    CHECK(all.activations.size() == 1);
}

TEST_CASE("what the inventory lists is there at 0 before its first session") {
    TableFixture fixture;
    fixture.table.expect(new_group("eu-west-1"));
    fixture.live({});
    CHECK(lifecycle_of(fixture.table).started.empty()); // nothing is established yet
    fixture.full({});
    const Lifecycle before = lifecycle_of(fixture.table);
    REQUIRE(before.started.size() == 1);
    CHECK(before.started[0] == state::StartedRow{"sg-new", "eu-west-1", 0});
    CHECK(before.ended.size() == streams::known_end_reasons.size());
    CHECK(before.durations.size() == 1);
    const state::Snapshot shown = snapshot_of(fixture.table);
    CHECK(shown.locations.size() == 1);
    CHECK(shown.stream_groups.size() == 1);
    REQUIRE(shown.applications.size() == 1);
    CHECK(shown.applications[0].application == "a-new");

    TestSession first = ended("a", "idleTimeout", 60);
    first.stream_group = "sg-new";
    first.location = "eu-west-1";
    fixture.live({first});
    const Lifecycle after = lifecycle_of(fixture.table);
    CHECK(after.started.size() == 1); // it was there at 0
    CHECK(after.ended.size() == before.ended.size());
    CHECK(total(after) == 2);
}

TEST_CASE("what the inventory lists no more loses its lines of sessions, and keeps its counters") {
    TableFixture fixture;
    fixture.full({});
    fixture.table.expect(new_group("eu-west-1"));
    CHECK(snapshot_of(fixture.table).stream_groups.size() == 1); // at once
    fixture.full({});
    fixture.full({});
    CHECK(snapshot_of(fixture.table).stream_groups.size() == 1);
    fixture.table.expect({});
    fixture.full({});
    CHECK(snapshot_of(fixture.table).stream_groups.size() == 1);
    fixture.full({});
    CHECK(snapshot_of(fixture.table).stream_groups.empty());
    CHECK(lifecycle_of(fixture.table).started.size() == 1);
}

TEST_CASE("the inventory takes labels that sessions have left over, and folds none") {
    TableFixture fixture;
    fixture.table.limit_labels(1);
    fixture.table.expect(new_group("us-west-2"));
    fixture.full({session("a", Status::active)});
    const Lifecycle all = lifecycle_of(fixture.table);
    REQUIRE(all.started.size() == 1);
    CHECK(all.started[0].stream_group == "sg-1AB2C3De4");
    CHECK(snapshot_of(fixture.table).folded.stream_group == 0);
}

TEST_CASE("a session's life is counted by its labels, and timed by AWS's own clock") {
    TableFixture fixture;
    fixture.full({});
    fixture.live({born("a", Status::active, 7)});
    fixture.live({born("a", Status::connected, 20)});
    TestSession gone = ended("a", "idleTimeout", 3'600);
    gone.export_status = ExportStatus::succeeded;
    fixture.full({gone});
    fixture.full({gone});
    const Lifecycle all = lifecycle_of(fixture.table);
    REQUIRE(all.started.size() == 1);
    CHECK(all.started[0] == state::StartedRow{"sg-1AB2C3De4", "us-west-2", 1});
    const auto row = std::ranges::find(all.ended, 1U, &state::EndedRow::count);
    REQUIRE(row != all.ended.end());
    CHECK(*row ==
          state::EndedRow{Status::terminated, "idleTimeout", "sg-1AB2C3De4", "us-west-2", 1});
    CHECK(std::ranges::count(all.moved, 1U, &state::MovedRow::count) == 2);
    CHECK(std::ranges::find(all.exports, 1U, &state::ExportsRow::count)->status ==
          ExportStatus::succeeded);
    CHECK(all.durations[0].sum_ms == 3'600'000);
    CHECK(all.durations[0].buckets[5] == 1); // a bound belongs to the bucket below it
    CHECK(all.activations[0].sum_ms == 7'000);
    CHECK(all.activations[0].buckets[3] == 1);
    CHECK(total(all) == 5);
}

TEST_CASE("a time that is missing or runs backwards is not observed, the end is counted") {
    TableFixture fixture;
    fixture.full({});
    TestSession timeless = ended("a", "idleTimeout", 0);
    timeless.created_at.reset();
    fixture.full({timeless, ended("b", "idleTimeout", -5), ended("c", "other reason", 100'000)});
    const Lifecycle all = lifecycle_of(fixture.table);
    const auto& buckets = all.durations[0].buckets;
    CHECK(std::accumulate(buckets.begin(), buckets.end(), std::uint64_t{0}) == 1);
    CHECK(buckets.back() == 1); // above a day
    CHECK(all.ended.size() == streams::known_end_reasons.size() + 1);
}

} // namespace
} // namespace gls::test
