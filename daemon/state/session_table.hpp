// What the daemon knows of every session that AWS lists, merged from sweeps (DESIGN, "Sweeps" and
// "Lifecycle accounting"). Counts are kept per cell as entries change: a live sweep costs what it
// read, a snapshot costs the number of cells; only a full sweep walks the table. Pure; one thread.
//
//   1. begin() before the first call of a sweep;
//   2. of each page read Sweep::add() with its sessions and the number that next_read() gave it;
//   3. in a live sweep, for each of unseen(): add() what the look-up told, or not_found();
//   4. commit(). Whoever lets go of the sweep instead has changed nothing.
//
// A live sweep may be begun, committed or abandoned while a full one is under way.
#pragma once

#include "state/event.hpp"
#include "state/expected.hpp"
#include "state/known_labels.hpp"
#include "state/ledger.hpp"
#include "state/oldest.hpp"
#include "state/snapshot.hpp"
#include "state/sweep.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gls::state {

struct TableOptions {
    WallTime born_at{}; // sessions created later are never baseline
    std::size_t max_values_per_label{200};
    bool keeps_changes{false}; // somebody takes changes() and says saved()
};

// A session to ask AWS about.
struct Unseen {
    streams::SessionKey key;
    std::string stream_group;
    std::string session_id; // never empty: without it nobody can be asked
    bool left_before;       // the live sweep before had not met it either
};

struct Committed {
    std::uint64_t sessions{0};   // met, each once
    std::uint64_t duplicates{0}; // met again in the same sweep
    std::uint64_t removed{0};    // became tombstones
    std::vector<Event> events{};
};

// What the planner needs to know.
struct TableCounts {
    std::uint64_t tracked{0}; // listed and counted
    StatusCounts by_status{};
    std::uint64_t pending_exports{0}; // counted ones
    std::uint64_t hidden{0};          // left the live list and not yet explained
    std::uint64_t tombstones{0};
};

// What differs from what was saved last. Labels, cells and folded hashes only grow; known labels
// and counters are few enough to compare.
struct Changes {
    std::vector<streams::SessionKey> changed;   // as they are now; some may be forgotten since
    std::vector<streams::SessionKey> forgotten; // some may be met anew since
};

class SessionTable {
public:
    explicit SessionTable(TableOptions options);

    // Allowed until the first commit.
    void be_born(WallTime at) noexcept { born_at_ = at; }

    [[nodiscard]] Sweep begin(SweepKind kind, WallTime first_call);
    [[nodiscard]] ReadNumber next_read() noexcept { return ++last_read_; }

    // Live entries and pending exports that were known before the sweep began and that neither it
    // nor an overlapping sweep has met since; hidden ones among them. Ask again after the look-ups:
    // a full sweep may have been committed meanwhile.
    [[nodiscard]] std::vector<Unseen> unseen(const Sweep& sweep) const;

    // Merges the sweep. Live entries that a live sweep leaves unseen become hidden: they leave the
    // live counts at once, without an event, until they are met again or a full sweep removes them.
    Committed commit(Sweep sweep);

    // What the inventory lists has its zeros from here on, once the first full sweep has told which
    // labels sessions have: those come first where there is not room for all.
    void expect(const streams::Inventory& inventory);

    void limit_labels(std::size_t max_values_per_label) noexcept; // for values to come

    [[nodiscard]] const TableCounts& counts() const noexcept { return counts_; }
    [[nodiscard]] const Labels& labels() const noexcept { return labels_; }
    [[nodiscard]] const Cells& cells() const noexcept { return cells_; }
    [[nodiscard]] const KnownLabels& known() const noexcept { return known_; }
    [[nodiscard]] const Ledger& ledger() const noexcept { return ledger_; }
    [[nodiscard]] const Oldest& oldest() const noexcept { return oldest_; }
    [[nodiscard]] WallTime born_at() const noexcept { return born_at_; }
    [[nodiscard]] std::optional<WallTime> live_as_of() const noexcept { return live_as_of_; }
    [[nodiscard]] std::optional<WallTime> full_as_of() const noexcept { return full_as_of_; }

    [[nodiscard]] const Changes& changes() const noexcept { return changes_; }
    void saved(); // all that is there
    [[nodiscard]] const Entry* find(const streams::SessionKey& key) const;
    // "" where none is kept.
    [[nodiscard]] std::string_view address_of(const streams::SessionKey& key) const;

private:
    class Merge; // one commit under way
    friend class Restoration;

    // Every change of an entry is: leaves, change, joins.
    void joins(const Entry& entry);
    void leaves(const Entry& entry);
    void recount_oldest();
    void foresee(bool full);
    void note_change(Entry& entry);
    void forget(EntryStore::Position at); // it counts nowhere any more

    WallTime born_at_;
    ReadNumber last_read_{0};
    ReadNumber live_since_{0};  // of the last live sweep: live entries read earlier are hidden
    ReadNumber full_since_{0};  // of the last full sweep: it has met all that is listed
    ReadNumber shown_since_{0}; // of the sweep that live_as_of_ is the first call of
    std::optional<WallTime> live_as_of_;
    std::optional<WallTime> full_as_of_;
    EntryStore entries_;
    Addresses addresses_; // of live entries and pending exports, hidden and removed ones too
    Labels labels_;
    Cells cells_;
    Expected expected_;
    KnownLabels known_;
    Oldest oldest_;
    Ledger ledger_;
    TableCounts counts_;
    bool keeps_changes_;
    Changes changes_;
};

} // namespace gls::state
