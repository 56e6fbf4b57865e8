// The session table as a reader of DESIGN's "Sweeps" would write it down: one map, everything
// counted anew for each snapshot, no attention to cost. The real table has to agree with it after
// every commit.
#pragma once

#include "state/session_table.hpp"
#include "support/sessions.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace gls::test {

struct ModelReading {
    TestSession session; // where not found, only what names it
    bool found{true};
    state::ReadNumber read{0};
};

struct ModelSweep {
    state::SweepKind kind{state::SweepKind::full};
    WallTime first_call{};
    state::ReadNumber first_read{0};
    std::vector<ModelReading> readings{};
};

// An event with its labels as texts: kind, from, to, stream group, application, location, reason,
// export status, created, updated.
using ModelEvent = std::tuple<state::EventKind, streams::Status, streams::Status, std::string,
                              std::string, std::string, std::string, streams::ExportStatus,
                              std::optional<WallTime>, std::optional<WallTime>>;

struct ModelCommitted {
    std::uint64_t sessions{0};
    std::uint64_t duplicates{0};
    std::uint64_t removed{0};
    std::vector<ModelEvent> events{}; // sorted
};

class TableModel {
public:
    explicit TableModel(WallTime born_at) : born_at_{born_at} {}

    [[nodiscard]] std::vector<streams::SessionKey> unseen(const ModelSweep& sweep) const; // sorted
    ModelCommitted commit(const ModelSweep& sweep);
    void restart(); // as if kept and restored: numbers of readings begin anew
    [[nodiscard]] state::Snapshot snapshot() const;
    [[nodiscard]] state::TableCounts counts() const;

private:
    struct Known {
        TestSession session;
        state::ReadNumber read{0};
        bool removed{false};
        int missed_by_full{0};
        bool end_counted{false};
        bool export_counted{false};
        bool activation_counted{false};
    };
    using Counted = std::map<std::string, bool>; // label -> absent at the last full sweep

    void meet(const ModelReading& reading, ModelCommitted& done);
    void milestones(Known& known, ModelCommitted& done) const;
    [[nodiscard]] bool hidden(const Known& known) const;
    [[nodiscard]] bool counted(const Known& known) const;
    void note_known_labels(bool full);

    WallTime born_at_;
    state::ReadNumber live_since_{0};
    state::ReadNumber shown_since_{0};
    state::ReadNumber full_since_{0};
    std::optional<WallTime> live_as_of_;
    std::optional<WallTime> full_as_of_;
    std::map<streams::SessionKey, Known> known_;
    Counted locations_;
    Counted applications_;
    std::map<std::pair<std::string, std::string>, bool> stream_groups_;
};

} // namespace gls::test
