#include "state/session_table.hpp"

#include "state/merge.hpp"

#include <utility>

namespace gls::state {

SessionTable::SessionTable(TableOptions options)
    : born_at_{options.born_at}, labels_{options.max_values_per_label},
      keeps_changes_{options.keeps_changes} {}

Sweep SessionTable::begin(SweepKind kind, WallTime first_call) {
    const std::size_t expected = kind == SweepKind::full ? entries_.size() : addresses_.size();
    return {kind, first_call, next_read(), expected};
}

std::vector<Unseen> SessionTable::unseen(const Sweep& sweep) const {
    std::vector<Unseen> unseen;
    for (const auto& [key, address] : addresses_) {
        const std::size_t slash = address.find('/');
        if (slash == std::string::npos || sweep.met(key)) continue;
        const Entry& entry = entries_[*entries_.find(key)];
        if (entry.removed != 0 || entry.read >= sweep.first_read()) continue;
        unseen.push_back(
            {key, address.substr(0, slash), address.substr(slash + 1), entry.read < live_since_});
    }
    return unseen;
}

Committed SessionTable::commit(Sweep sweep) {
    return Merge{*this, std::move(sweep)}.run();
}

void SessionTable::note_change(Entry& entry) {
    if (!keeps_changes_ || entry.unsaved != 0) return;
    entry.unsaved = 1;
    changes_.changed.push_back(entry.key);
}

void SessionTable::forget(EntryStore::Position at) {
    const auto key = entries_[at].key;
    if (keeps_changes_) changes_.forgotten.push_back(key);
    addresses_.erase(key);
    entries_.remove(at);
}

void SessionTable::saved() {
    for (const auto& key : changes_.changed) {
        if (const auto at = entries_.find(key)) entries_[*at].unsaved = 0;
    }
    changes_ = Changes{};
}

const Entry* SessionTable::find(const streams::SessionKey& key) const {
    const auto at = entries_.find(key);
    return at ? &entries_[*at] : nullptr;
}

std::string_view SessionTable::address_of(const streams::SessionKey& key) const {
    const auto found = addresses_.find(key);
    return found == addresses_.end() ? std::string_view{} : std::string_view{found->second};
}

void SessionTable::limit_labels(std::size_t max_values_per_label) noexcept {
    for (LabelValues* const values :
         {&labels_.stream_group, &labels_.application, &labels_.location, &labels_.status_reason})
        values->limit(max_values_per_label);
}

void SessionTable::joins(const Entry& entry) {
    if (entry.removed != 0) {
        ++counts_.tombstones;
    } else if (entry.hidden != 0) {
        ++counts_.hidden;
    } else {
        const Cell& cell = cells_[entry.cell];
        cells_.add(entry.cell);
        oldest_.joins(cell, entry);
        ++counts_.tracked;
        ++counts_.by_status[static_cast<std::size_t>(cell.status)];
        if (cell.export_status == streams::ExportStatus::pending) ++counts_.pending_exports;
    }
}

void SessionTable::leaves(const Entry& entry) {
    if (entry.removed != 0) {
        --counts_.tombstones;
    } else if (entry.hidden != 0) {
        --counts_.hidden;
    } else {
        const Cell& cell = cells_[entry.cell];
        cells_.remove(entry.cell);
        oldest_.leaves(cell, entry);
        --counts_.tracked;
        --counts_.by_status[static_cast<std::size_t>(cell.status)];
        if (cell.export_status == streams::ExportStatus::pending) --counts_.pending_exports;
    }
}

void SessionTable::expect(const streams::Inventory& inventory) {
    expected_.take(inventory);
    if (full_as_of_) foresee(false);
}

// Zeros for what is known now. The reasons are those that AWS's model gives for the status.
void SessionTable::foresee(bool full) {
    std::vector<KnownLabels::Row> expected;
    if (full || full_as_of_) expected = expected_.rows(labels_);
    known_.update(cells_, expected, full);
    std::vector<Ledger::Reason> reasons;
    for (const auto& [status, text] : streams::known_end_reasons) {
        if (!labels_.status_reason.takes(text)) continue;
        reasons.push_back({status, labels_.status_reason.id_of(text)});
    }
    ledger_.foresee(known_, reasons);
}

// Live sessions are few and listed in addresses_; an ended one that was the oldest of its kind
// costs a walk of the table, a few milliseconds for a million.
void SessionTable::recount_oldest() {
    if (!oldest_.live_stale() && !oldest_.others_stale()) return;
    const auto recount = [this](const Entry& entry) {
        if (entry.counted()) oldest_.recount(cells_[entry.cell], entry);
    };
    oldest_.begin_recount();
    if (oldest_.others_stale()) {
        for (EntryStore::Position at = 0; at < entries_.size(); ++at)
            recount(entries_[at]);
    } else {
        for (const auto& [key, address] : addresses_)
            recount(entries_[*entries_.find(key)]);
    }
    oldest_.end_recount();
}

} // namespace gls::state
