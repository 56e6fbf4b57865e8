#include "state/entry_store.hpp"

namespace gls::state {

std::pair<EntryStore::Position, bool> EntryStore::find_or_insert(const Entry& entry) {
    const auto [at, is_new] = index_.find_or_insert(
        entry.key, size_, [&](Position found) { return (*this)[found].key == entry.key; });
    if (is_new) {
        if (size_ / chunk == chunks_.size())
            chunks_.push_back(std::make_unique_for_overwrite<Entry[]>(chunk));
        (*this)[size_++] = entry;
    }
    return {at, is_new};
}

void EntryStore::remove(Position position) {
    const Position last = size_ - 1;
    index_.remove((*this)[position].key, position);
    if (position != last) {
        index_.replace((*this)[last].key, last, position);
        (*this)[position] = (*this)[last];
    }
    size_ = last;
    // One spare chunk stays, so that a size around its border does not allocate again and again.
    if (chunks_.size() > size_ / chunk + 2) chunks_.pop_back();
}

} // namespace gls::state
