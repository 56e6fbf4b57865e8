// A table that is saved and recalled at any commit is the one that never stopped.
#include "kept_table.hpp"
#include "random_sweeps.hpp"
#include "snapshot_text.hpp"

#include <filesystem>
#include <random>
#include <set>

namespace {

using namespace gls;
using namespace gls::test;
using state::SweepKind;
using streams::Status;

TEST_CASE("random sweeps with restarts agree with the plain model, and no counter changes") {
    for (const std::uint32_t sessions : {3U, 40U}) {
        std::mt19937_64 random{sessions};
        RandomSweeps sweeps{sessions + 7, sessions};
        KeptTable kept;
        kept.options = RandomSweeps::options();
        REQUIRE(kept.open());
        std::string problem;
        std::uint64_t seen = 0;
        int restarts = 0;
        for (int i = 0; i < 3000 && problem.empty(); ++i) {
            problem = sweeps.step();
            if (sweeps.commits() == seen || random() % 3 != 0) continue;
            seen = sweeps.commits();
            REQUIRE(kept.record->save(sweeps.table(), {}, {}));
            if (random() % 4 != 0) continue;
            ++restarts;
            const auto before = sweeps.table().ledger().values();
            REQUIRE(kept.open());
            CHECK(kept.table.ledger().values() == before);
            problem = sweeps.restart(std::move(kept.table));
        }
        CHECK_MESSAGE(problem.empty(), problem);
        CHECK(restarts > 10);
    }
}

TEST_CASE("what ended while nobody looked is counted once, as by one who never stopped") {
    KeptTable kept;
    TestSession session;
    session.status = Status::connected;
    session.created_at = WallTime{milliseconds{500}};
    session.last_updated_at = WallTime{milliseconds{900}};
    kept.sweep({session});
    REQUIRE(kept.save());
    REQUIRE(kept.open());
    CHECK(kept.table.full_as_of() == WallTime{milliseconds{2'000}});
    session.status = Status::terminated;
    session.status_reason = "idleTimeout";
    session.last_updated_at = WallTime{milliseconds{60'500}};
    CHECK(kept.sweep({session}).events.size() == 2); // moved, ended
    REQUIRE(kept.save());
    REQUIRE(kept.open());
    CHECK(kept.sweep({session}).events.empty());
    const auto lifecycle = lifecycle_of(kept.table);
    CHECK(lifecycle.since == WallTime{milliseconds{1'000}});
    std::uint64_t ended = 0;
    for (const auto& row : lifecycle.ended)
        ended += row.count;
    CHECK(ended == 1);
    REQUIRE(lifecycle.durations.size() == 1);
    CHECK(lifecycle.durations[0].sum_ms == 60'000);
}

TEST_CASE("a log that is cut short anywhere tells of one of its commits, whole") {
    KeptTable kept;
    std::vector<TestSession> sessions;
    std::uint64_t commits = 0;
    for (; commits < 5; ++commits) {
        for (int i = 0; i < 40; ++i) {
            TestSession& session = sessions.emplace_back();
            session.session_id = std::to_string(sessions.size());
            session.created_at = WallTime{milliseconds{1'500}}; // no baseline
        }
        kept.sweep(sessions);
        REQUIRE(kept.save());
    }
    const auto log = kept.path + "-wal"; // all of it: nothing has been checkpointed yet
    const auto size = std::filesystem::file_size(log);
    std::set<std::uint64_t> seen;
    for (std::uintmax_t part = 0; part <= 80; ++part) {
        KeptTable cut;
        cut.close();
        const auto options = std::filesystem::copy_options::overwrite_existing;
        std::filesystem::copy_file(kept.path, cut.path, options);
        std::filesystem::copy_file(log, cut.path + "-wal", options);
        std::filesystem::resize_file(cut.path + "-wal", size * part / 80);
        REQUIRE(cut.open());
        std::uint64_t started = 0;
        for (const auto& row : lifecycle_of(cut.table).started)
            started += row.count;
        CHECK(started == cut.table.counts().tracked);
        seen.insert(started);
    }
    CHECK(seen.size() == commits + 1);
    CHECK(*seen.rbegin() == sessions.size());
}

TEST_CASE("a session that left the live list stays hidden over a restart, and can be asked about") {
    KeptTable kept;
    TestSession session;
    session.status = Status::active;
    kept.sweep({session});
    kept.sweep({}, SweepKind::live);
    REQUIRE(kept.table.counts().hidden == 1);
    REQUIRE(kept.save());
    REQUIRE(kept.open());
    CHECK(kept.table.counts().hidden == 1);
    CHECK(kept.table.counts().tracked == 0);
    const auto sweep = kept.table.begin(SweepKind::live, WallTime{milliseconds{3'000}});
    const auto unseen = kept.table.unseen(sweep);
    REQUIRE(unseen.size() == 1);
    CHECK(unseen[0].session_id == session.session_id);
    CHECK(unseen[0].stream_group == session.stream_group);
}

TEST_CASE("folding is sticky: what was shown stays shown, what was folded stays folded") {
    KeptTable kept;
    kept.options.max_values_per_label = 2;
    REQUIRE(kept.open());
    std::vector<TestSession> sessions(4);
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        sessions[i].session_id = std::to_string(i);
        sessions[i].location = "l-" + std::to_string(i);
    }
    kept.sweep(sessions);
    REQUIRE(kept.save());
    const auto before = text_of(snapshot_of(kept.table));
    kept.options.max_values_per_label = 200; // the setting may have changed meanwhile
    REQUIRE(kept.open());
    CHECK(kept.table.labels().location.folded() == 2);
    kept.sweep(sessions, SweepKind::full, 2'000);
    CHECK(text_of(snapshot_of(kept.table)) == before);
}

TEST_CASE("sessions that are forgotten leave the file, and may come back") {
    KeptTable kept;
    TestSession session;
    session.status = Status::terminated;
    kept.sweep({session});
    REQUIRE(kept.save());
    for (int full = 0; full < 4; ++full)
        kept.sweep({});
    CHECK(kept.table.find(session.key()) == nullptr);
    REQUIRE(kept.save());
    REQUIRE(kept.open());
    CHECK(kept.table.find(session.key()) == nullptr);
    for (int full = 0; full < 4; ++full)
        kept.sweep(full == 3 ? std::vector{session} : std::vector<TestSession>{});
    REQUIRE(kept.save());
    REQUIRE(kept.open());
    CHECK(kept.table.find(session.key()) != nullptr);
}

} // namespace
