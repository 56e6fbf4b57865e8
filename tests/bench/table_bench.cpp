// What pages and the session table cost: CPU of reading, merging and counting, and memory.
//
//     table_bench [listed] [live]     default 1000000 10000; run it in a release build
//     table_bench model <steps>       the table against its plain model, at length
#include "random_sweeps.hpp"
#include "state/session_table.hpp"
#include "streams/page_json.hpp"
#include "support/sessions.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

using namespace gls;
using streams::Status;

namespace {

double cpu_seconds() {
    std::timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double status_mib(const char* field) {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field))
            return std::strtod(line.c_str() + std::strlen(field) + 1, nullptr) / 1024;
    }
    return 0;
}

std::uint64_t mixed(std::uint64_t number) {
    return streams::key_of({reinterpret_cast<const char*>(&number), 8}).low;
}

// Session `number` of a fleet; the first `live` are live, one in fifty has an export.
test::TestSession session_of(std::uint64_t number, std::uint64_t live, std::uint64_t round) {
    const std::uint64_t chance = mixed(number);
    test::TestSession session;
    char id[24];
    std::snprintf(id, sizeof id, "%016llX", static_cast<unsigned long long>(chance));
    session.session_id = id;
    session.stream_group = "sg-" + std::to_string(100'000'000 + chance % 20);
    session.application = "a-" + std::to_string(100'000'000 + chance / 20 % 10);
    session.location = "us-west-" + std::to_string(chance / 200 % 5);
    session.created_at =
        WallTime{milliseconds{1'730'000'000'000 + static_cast<std::int64_t>(number) * 1000}};
    session.last_updated_at = *session.created_at + seconds{600} + seconds{round};
    if (number < live) {
        session.status = static_cast<Status>((chance / 1000 + round) % 6);
        return session;
    }
    session.status = chance % 10 == 0 ? Status::error : Status::terminated;
    session.status_reason = chance % 3 == 0 ? "idleTimeout" : "apiTerminated";
    if (chance % 50 == 0) session.export_status = streams::ExportStatus::succeeded;
    return session;
}

struct Cost {
    double read{0};
    double stage{0};
};

// Pages are made outside the time that is measured.
Cost read_pages(state::SessionTable& table, state::Sweep& sweep, streams::PageReader& reader,
                std::uint64_t sessions, std::uint64_t live, std::uint64_t round) {
    Cost cost;
    std::vector<test::TestSession> page;
    for (std::uint64_t number = 0; number < sessions;) {
        page.clear();
        for (; page.size() < 100 && number < sessions; ++number)
            page.push_back(session_of(number, live, round));
        std::string body = test::page_json(page, "AAEtoken");
        body.reserve(body.size() + 64);
        const double before = cpu_seconds();
        const Result<streams::Page> read = reader.read_page(body);
        const double between = cpu_seconds();
        if (!read) std::abort();
        const auto reading = table.next_read();
        sweep.add(read->sessions, reading, reading);
        cost.read += between - before;
        cost.stage += cpu_seconds() - between;
    }
    return cost;
}

void measure(state::SessionTable& table, streams::PageReader& reader, state::SweepKind kind,
             std::uint64_t sessions, std::uint64_t live, std::uint64_t round) {
    state::Sweep sweep = table.begin(kind, WallTime{milliseconds{1'740'000'000'000}});
    const Cost cost = read_pages(table, sweep, reader, sessions, live, round);
    const double begin = cpu_seconds();
    const std::size_t unseen = kind == state::SweepKind::live ? table.unseen(sweep).size() : 0;
    const state::Committed done = table.commit(std::move(sweep));
    const double committed = cpu_seconds();
    const state::Snapshot snapshot = snapshot_of(table);
    const double counted = cpu_seconds();
    std::printf("%-5s %8llu sessions: read %7.1f ms, stage %6.1f, commit %6.1f, snapshot %5.2f; "
                "%zu events, %zu unseen, %zu rows; now %5.1f MiB, peak %5.1f MiB\n",
                state::text_of(kind), static_cast<unsigned long long>(done.sessions),
                cost.read * 1e3, cost.stage * 1e3, (committed - begin) * 1e3,
                (counted - committed) * 1e3, done.events.size(), unseen,
                snapshot.locations.size() + snapshot.stream_groups.size(), status_mib("VmRSS"),
                status_mib("VmHWM"));
}

int run_model(std::uint64_t steps) {
    const double begin = cpu_seconds();
    for (const std::uint32_t sessions : {3U, 40U, 400U}) {
        test::RandomSweeps sweeps{steps + sessions, sessions};
        for (std::uint64_t i = 0; i < steps / 3; ++i) {
            const std::string problem = sweeps.step();
            if (problem.empty()) continue;
            std::printf("%u sessions, step %llu: %s\n", sessions,
                        static_cast<unsigned long long>(i), problem.c_str());
            return 1;
        }
        std::printf("%u sessions: %llu commits, %llu events agree\n", sessions,
                    static_cast<unsigned long long>(sweeps.commits()),
                    static_cast<unsigned long long>(sweeps.events()));
    }
    std::printf("%llu steps in %.1f CPU s\n", static_cast<unsigned long long>(steps),
                cpu_seconds() - begin);
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    if (count == 3 && std::strcmp(arguments[1], "model") == 0)
        return run_model(std::strtoull(arguments[2], nullptr, 10));
    const std::uint64_t listed = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
    const std::uint64_t live = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 10'000;
    std::printf("CPU of one thread; pages as the API sends them, made outside the time measured\n");
    const double before = status_mib("VmRSS");
    streams::PageReader reader;
    state::SessionTable table{
        {.born_at = WallTime{milliseconds{1'740'000'000'000}}, .max_values_per_label = 200}};
    measure(table, reader, state::SweepKind::live, live, live, 0);
    measure(table, reader, state::SweepKind::full, listed, live, 1);
    std::printf("table: %.1f bytes a session resident, staging freed\n",
                (status_mib("VmRSS") - before) * 1048576 / static_cast<double>(listed));
    measure(table, reader, state::SweepKind::live, live, live, 2);
    measure(table, reader, state::SweepKind::live, live - live / 50, live, 3);
    measure(table, reader, state::SweepKind::full, listed, live, 4);
    measure(table, reader, state::SweepKind::live, live, live, 5);
    return 0;
}
