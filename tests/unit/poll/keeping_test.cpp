#include "poll/keeping.hpp"
#include "state/file/state_file.hpp"
#include "support/log_capture.hpp"
#include "support/sessions.hpp"
#include "support/temp_folder.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::poll;
using namespace std::chrono_literals;

constexpr WallTime wall_noon{std::chrono::sys_days{std::chrono::days{20'000}} + 12h};

struct KeepingFixture {
    test::TempFolder folder;
    std::unique_ptr<state::file::StateFile> file{open()};
    test::LogCapture log;

    [[nodiscard]] std::unique_ptr<state::file::StateFile> open() const {
        auto opened = state::file::StateFile::open(folder.file("state.db"));
        REQUIRE(opened);
        return *std::move(opened);
    }
    std::unique_ptr<state::file::TargetRecord> record() {
        state::SessionTable table{{.keeps_changes = true}};
        auto record = file->recall({"t", "us-west-2", {}}, table);
        REQUIRE(record);
        return *std::move(record);
    }
};

TEST_CASE("calls are written down before they are made: a crash gives none of them back") {
    for (const int calls : {1, 15, 16, 17, 40}) {
        KeepingFixture f;
        Budget budget{1000};
        // Never destroyed, as at a crash.
        auto* const keeping = new Keeping{f.record(), budget, f.log, "t"};
        for (int i = 0; i < calls; ++i) {
            REQUIRE(budget.take(wall_noon));
            keeping->call_goes();
        }
        const auto kept = f.record()->spent();
        CHECK(kept.day == budget.spent().day);
        CHECK(kept.calls >= static_cast<std::uint64_t>(calls));
        CHECK(kept.calls < static_cast<std::uint64_t>(calls) + 16);
        delete keeping; // what follows a crash has been looked at
    }
}

TEST_CASE("an end in order writes down exactly what is spent") {
    KeepingFixture f;
    {
        Budget budget{1000};
        Keeping keeping{f.record(), budget, f.log, "t"};
        for (int i = 0; i < 5; ++i) {
            REQUIRE(budget.take(wall_noon));
            keeping.call_goes();
        }
    }
    CHECK(f.record()->spent().calls == 5);
    Budget budget{7, f.record()->spent()};
    CHECK(budget.take(wall_noon));
    CHECK(budget.take(wall_noon));
    CHECK_FALSE(budget.take(wall_noon));
}

TEST_CASE("a sweep does not take back what is written down ahead") {
    KeepingFixture f;
    Budget budget{1000};
    Keeping keeping{f.record(), budget, f.log, "t"};
    REQUIRE(budget.take(wall_noon));
    keeping.call_goes();
    const auto before = f.record()->spent().calls;
    state::SessionTable table{{.keeps_changes = true}};
    (void)table.commit(table.begin(state::SweepKind::full, wall_noon));
    keeping.sweep_committed(table, "111122223333");
    CHECK(f.record()->spent().calls == before);
    CHECK(keeping.account_id() == "111122223333");
}

TEST_CASE("without a budget no call writes anything") {
    KeepingFixture f;
    Budget budget{0};
    Keeping keeping{f.record(), budget, f.log, "t"};
    REQUIRE(budget.take(wall_noon));
    keeping.call_goes();
    CHECK(f.record()->spent().calls == 0);
}

TEST_CASE("a target whose rows cannot be read writes nothing, and says so") {
    const KeepingFixture f;
    Budget budget{10};
    test::LogCapture log;
    Keeping keeping{nullptr, budget, log, "t"};
    CHECK_FALSE(keeping.writable());
    keeping.call_goes();
    state::SessionTable table{{.keeps_changes = true}};
    keeping.sweep_committed(table, {});
    CHECK_FALSE(keeping.writable());
    CHECK_FALSE(keeping.account_id());
}

} // namespace
