// A session table and its file, closed and opened again as a restart does.
#pragma once

#include "state/file/state_file.hpp"
#include "support/sessions.hpp"
#include "support/temp_folder.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <utility>

namespace gls::test {

struct KeptTable {
    TempFolder folder;
    std::string path{folder.file("state.db")};
    state::file::TargetNames names{"prod", "us-west-2", {}};
    state::TableOptions options{.born_at = WallTime{milliseconds{1'000}}, .keeps_changes = true};
    std::unique_ptr<state::file::StateFile> file;
    std::unique_ptr<state::file::TargetRecord> record;
    state::SessionTable table{options};

    KeptTable() { (void)open(); }

    // What recall() says.
    Result<> open() {
        close();
        auto opened = state::file::StateFile::open(path);
        if (!opened) return std::unexpected{opened.error()};
        file = *std::move(opened);
        state::SessionTable empty{options};
        auto found = file->recall(names, empty);
        if (!found) return std::unexpected{found.error()};
        record = *std::move(found);
        table = std::move(empty);
        return {};
    }
    void close() {
        record.reset();
        file.reset();
    }
    state::Committed sweep(const std::vector<TestSession>& sessions,
                           state::SweepKind kind = state::SweepKind::full, int at = 2'000) {
        auto sweep = table.begin(kind, WallTime{milliseconds{at}});
        for (const auto& session : sessions)
            sweep.add(session.view(), table.next_read());
        return table.commit(std::move(sweep));
    }
    Result<> save() { return record->save(table, "111122223333", spent); }
    state::CallsSpent spent{};
};

} // namespace gls::test
