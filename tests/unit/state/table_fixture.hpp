// A table, sweeps of it in one call, and sessions of few words, for its tests.
#pragma once

#include "state/session_table.hpp"
#include "support/sessions.hpp"

#include <vector>

namespace gls::test {

using state::Committed;
using state::EventKind;
using state::Sweep;
using state::SweepKind;
using streams::ExportStatus;
using streams::Status;

inline constexpr WallTime birth{seconds{1'000}};

inline TestSession session(const char* id, Status status, int updated = 10) {
    TestSession session;
    session.session_id = id;
    session.status = status;
    session.created_at = WallTime{seconds{500}};
    session.last_updated_at = WallTime{seconds{updated}};
    return session;
}

struct TableFixture {
    state::SessionTable table{{.born_at = birth, .max_values_per_label = 200}};
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

inline std::vector<EventKind> kinds(const Committed& done) {
    std::vector<EventKind> kinds;
    for (const state::Event& event : done.events)
        kinds.push_back(event.kind);
    return kinds;
}
using Kinds = std::vector<EventKind>;

} // namespace gls::test
