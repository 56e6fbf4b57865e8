// What the state file costs: the first write of a fleet, a live sweep's changes, and the start.
//
//     state_bench [sessions] [changes] [folder]    default 1000000 500, a folder of its own
#include "state/file/state_file.hpp"
#include "support/sessions.hpp"
#include "support/temp_folder.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

using namespace gls;

namespace {

constexpr std::uint64_t live_every = 100; // one in a hundred is live

struct Moment {
    double cpu;
    double wall;
};

Moment now() {
    std::timespec cpu{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now().time_since_epoch();
    return {static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) / 1e9, wall.count()};
}

void say(const char* what, const Moment& before) {
    const auto after = now();
    std::printf("%-44s %8.1f ms CPU %8.1f ms wall\n", what, (after.cpu - before.cpu) * 1e3,
                (after.wall - before.wall) * 1e3);
}

test::TestSession session_of(std::uint64_t number, std::uint64_t round) {
    test::TestSession session;
    session.session_id = std::to_string(number);
    session.stream_group = "sg-" + std::to_string(100'000'000 + number % 20);
    session.application = "a-" + std::to_string(100'000'000 + number % 10);
    session.location = "us-west-" + std::to_string(number % 5);
    session.created_at =
        WallTime{milliseconds{1'730'000'000'000 + static_cast<std::int64_t>(number) * 1000}};
    session.last_updated_at = *session.created_at + seconds{600 + round};
    session.status =
        number % live_every == 0 ? streams::Status::active : streams::Status::terminated;
    if (session.status == streams::Status::terminated) session.status_reason = "idleTimeout";
    return session;
}

void commit_all(state::SessionTable& table, std::uint64_t sessions) {
    auto sweep = table.begin(state::SweepKind::full, WallTime{milliseconds{1'740'000'000'000}});
    for (std::uint64_t number = 0; number < sessions; ++number)
        sweep.add(session_of(number, 0).view(), table.next_read());
    (void)table.commit(std::move(sweep));
}

template <class T>
T taken(Result<T> result) {
    if (result) return *std::move(result);
    std::printf("%s\n", result.error().message.c_str());
    std::exit(1);
}

void saved(state::file::TargetRecord& record, state::SessionTable& table) {
    const auto done = record.save(table, "111122223333", {});
    if (done) return;
    std::printf("%s\n", done.error().message.c_str());
    std::exit(1);
}

} // namespace

int main(int count, char** arguments) {
    const std::uint64_t sessions = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
    const std::uint64_t changes = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 500;
    const test::TempFolder folder;
    const std::string path =
        (count > 3 ? std::string{arguments[3]} : folder.file("")) + "/state.db";
    const state::TableOptions options{.born_at = WallTime{milliseconds{1'700'000'000'000}},
                                      .keeps_changes = true};
    const state::file::TargetNames names{"bench", "us-west-2", {}};
    {
        const auto file = taken(state::file::StateFile::open(path));
        state::SessionTable table{options};
        const auto record = taken(file->recall(names, table));
        commit_all(table, sessions);
        const auto first = now();
        saved(*record, table);
        say("first write of all sessions", first);
        for (std::uint64_t round = 1; round <= 5; ++round) {
            auto sweep =
                table.begin(state::SweepKind::live, WallTime{milliseconds{1'740'000'000'000}});
            for (std::uint64_t number = 0, met = 0; number < sessions; number += live_every)
                sweep.add(session_of(number, met++ < changes ? round : 0).view(),
                          table.next_read());
            (void)table.commit(std::move(sweep));
            const auto live = now();
            const auto changed = table.changes().changed.size();
            saved(*record, table);
            say(("a live sweep with " + std::to_string(changed) + " changes").c_str(), live);
        }
    }
    std::printf("file after a checkpoint: %.1f bytes a session\n",
                static_cast<double>(std::filesystem::file_size(path)) /
                    static_cast<double>(sessions));
    const auto start = now();
    const auto file = taken(state::file::StateFile::open(path));
    say("open, integrity check included", start);
    state::SessionTable table{options};
    const auto record = taken(file->recall(names, table));
    const auto snapshot = snapshot_of(table);
    say("start to the first picture", start);
    return snapshot.tracked_sessions > 0 ? 0 : 1;
}
