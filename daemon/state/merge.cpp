#include "state/merge.hpp"

#include "state/accounting.hpp"

#include <algorithm>

namespace gls::state {
namespace {

constexpr std::chrono::minutes clocks_differ{5};   // AWS refuses signatures of clocks further off
constexpr unsigned full_sweeps_of_a_tombstone = 2; // DESIGN, "Merging"

// An answer that was long under way may arrive after a younger one. An end is final, so a reading
// that AWS itself dates before it cannot undo it.
bool predates_end(const Entry& reading, streams::Status read, const Entry& entry,
                  streams::Status known) noexcept {
    return streams::is_ended(known) && !streams::is_ended(read) && reading.updated != 0 &&
           entry.updated != 0 && reading.updated < entry.updated;
}

bool counts_alike(const Entry& a, const Entry& b) noexcept {
    return a.cell == b.cell && a.created == b.created && a.updated == b.updated &&
           a.removed == b.removed && a.hidden == b.hidden;
}

// Only the number of the reading, which no restart outlives, may differ.
bool kept_alike(const Entry& a, const Entry& b) noexcept {
    return counts_alike(a, b) && a.missed_by_full == b.missed_by_full &&
           a.end_counted == b.end_counted && a.export_counted == b.export_counted &&
           a.activation_counted == b.activation_counted;
}

Cell renumbered(const Cell& cell, const Labels& from, Labels& to) {
    Cell renumbered = cell;
    renumbered.stream_group = to.stream_group.id_of(from.stream_group.text_of(cell.stream_group));
    renumbered.application = to.application.id_of(from.application.text_of(cell.application));
    renumbered.location = to.location.id_of(from.location.text_of(cell.location));
    renumbered.status_reason =
        to.status_reason.id_of(from.status_reason.text_of(cell.status_reason));
    return renumbered;
}

} // namespace

SessionTable::Merge::Merge(SessionTable& table, Sweep sweep)
    : table_{table}, sweep_{std::move(sweep)} {
    cells_.reserve(sweep_.cells_.size());
    for (CellId id = 0; id < sweep_.cells_.size(); ++id) {
        const Cell cell = renumbered(sweep_.cells_[id], sweep_.labels_, table_.labels_);
        cells_.push_back(table_.cells_.id_of(cell));
    }
}

Committed SessionTable::Merge::run() {
    const bool full = sweep_.kind() == SweepKind::full;
    if (!full) table_.live_since_ = std::max(table_.live_since_, sweep_.first_read());

    if (full) table_.entries_.reserve(sweep_.readings_.size()); // most of them are new, or none
    sweep_.readings_.drain([this](const Entry& reading) { table_.entries_.expect(reading.key); },
                           [this](const Entry& reading) { meet(reading); });
    if (full)
        remove_and_forget_unmet();
    else
        hide_unmet();
    table_.recount_oldest();
    table_.foresee(full);
    table_.ledger_.record(done_.events);

    // Which of two overlapping sweeps is younger is told by their readings, never by the wall
    // clock: that one may have been set back, and the picture would look fresh until it has caught
    // up.
    if (sweep_.first_read() >= table_.shown_since_) {
        table_.shown_since_ = sweep_.first_read();
        table_.live_as_of_ = sweep_.first_call();
    }
    if (full) {
        table_.full_as_of_ = sweep_.first_call();
        table_.full_since_ = std::max(table_.full_since_, sweep_.first_read());
    }
    done_.sessions = sweep_.sessions();
    done_.duplicates = sweep_.duplicates();
    return std::move(done_);
}

// A full sweep that began after this reading is committed and has not met the session: that it is
// not listed any more is the later news.
bool SessionTable::Merge::is_overtaken(const Entry& reading) const {
    if (reading.read >= table_.full_since_) return false;
    const auto known = table_.entries_.find(reading.key);
    return !known || table_.entries_[*known].removed != 0;
}

void SessionTable::Merge::meet(const Entry& reading) {
    if (reading.removed == 0 && is_overtaken(reading)) return;
    if (reading.removed != 0) {
        if (const auto known = table_.entries_.find(reading.key)) meet_again(*known, reading);
    } else if (const auto [at, is_new] = table_.entries_.find_or_insert(reading); is_new) {
        meet_first(table_.entries_[at]);
    } else {
        meet_again(at, reading);
    }
}

// The entry still is the reading as it was made.
void SessionTable::Merge::meet_first(Entry& entry) {
    entry.cell = cells_[entry.cell];
    entry.hidden = is_hidden(entry) ? 1 : 0;
    const bool to_come = sweep_.ended_ && entry.created > stamp_of(*sweep_.ended_ + clocks_differ);
    const bool born_here = entry.created > stamp_of(table_.born_at_) && !to_come;
    account_first(entry, table_.cells_[entry.cell], !table_.full_as_of_ && !born_here,
                  done_.events);
    table_.joins(entry);
    table_.note_change(entry);
    follow(entry);
}

void SessionTable::Merge::meet_again(EntryStore::Position at, const Entry& reading) {
    Entry& entry = table_.entries_[at];
    if (reading.read < entry.read) return; // an overlapping sweep has read it since
    Entry now = entry;
    now.read = reading.read;
    now.removed = reading.removed;
    now.missed_by_full = 0;
    if (reading.removed == 0) {
        const CellId cell = cells_[reading.cell];
        const Cell& before = table_.cells_[entry.cell];
        if (!predates_end(reading, table_.cells_[cell].status, entry, before.status)) {
            now.cell = cell;
            if (reading.created != 0) now.created = reading.created; // it never changes
            now.updated = reading.updated;
        }
        account_change(now, before, table_.cells_[now.cell], done_.events);
    }
    now.hidden = is_hidden(now) ? 1 : 0;
    if (now.removed > entry.removed) ++done_.removed;
    const bool to_save = !kept_alike(entry, now);
    if (counts_alike(entry, now)) {
        entry = now;
    } else {
        table_.leaves(entry);
        entry = now;
        table_.joins(entry);
        follow(entry);
    }
    if (to_save) table_.note_change(entry);
}

void SessionTable::Merge::hide_unmet() {
    for (const auto& [key, address] : table_.addresses_) {
        Entry& entry = table_.entries_[*table_.entries_.find(key)];
        if (entry.hidden != 0 || !is_hidden(entry)) continue;
        table_.leaves(entry);
        entry.hidden = 1;
        table_.joins(entry);
        table_.note_change(entry);
    }
}

// From the last to the first, because the last entry takes the place of one that goes.
void SessionTable::Merge::remove_and_forget_unmet() {
    for (EntryStore::Position at = table_.entries_.size(); at-- > 0;) {
        Entry& entry = table_.entries_[at];
        if (entry.read >= sweep_.first_read()) continue;
        table_.leaves(entry);
        if (entry.removed == 0) {
            entry.removed = 1;
            entry.hidden = 0;
            ++done_.removed;
        } else if (!sweep_.in_parts_ && ++entry.missed_by_full == full_sweeps_of_a_tombstone) {
            table_.forget(at);
            continue;
        }
        table_.joins(entry);
        table_.note_change(entry);
    }
}

// Keeps the address of what a live sweep has to account for, and only of that; a tombstone keeps
// its own, because it may be listed again as it was.
void SessionTable::Merge::follow(const Entry& entry) {
    if (!is_followed(table_.cells_[entry.cell])) {
        table_.addresses_.erase(entry.key);
    } else if (!table_.addresses_.contains(entry.key)) {
        const auto read = sweep_.addresses_.find(entry.key);
        table_.addresses_.emplace(
            entry.key, read == sweep_.addresses_.end() ? std::string{} : std::move(read->second));
    }
}

// A live sweep that began after the last reading has not met it.
bool SessionTable::Merge::is_hidden(const Entry& entry) const {
    return entry.removed == 0 && entry.read < table_.live_since_ &&
           streams::is_live(table_.cells_[entry.cell].status);
}

} // namespace gls::state
