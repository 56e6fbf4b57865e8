#include "state/entry_store.hpp"

namespace gls::state {

EntryStore::EntryStore()
    : chunks_{std::make_unique<Chunks>()}, index_{0, Hash{}, Same{chunks_.get()}} {}

std::optional<EntryStore::Position> EntryStore::find(const streams::SessionKey& key) const {
    const auto found = index_.find(key);
    if (found == index_.end()) return std::nullopt;
    return found->at;
}

std::pair<EntryStore::Position, bool> EntryStore::find_or_insert(const Entry& entry) {
    if (size_ / chunk == chunks_->size())
        chunks_->push_back(std::make_unique_for_overwrite<Entry[]>(chunk));
    (*this)[size_] = entry; // where the index looks for its key
    const auto [slot, is_new] = index_.insert(Slot{size_, hash_of(entry.key)});
    if (is_new) ++size_;
    return {slot->at, is_new};
}

void EntryStore::remove(Position position) {
    const Position last = size_ - 1;
    index_.erase(index_.find((*this)[position].key));
    if (position != last) {
        index_.erase(index_.find((*this)[last].key));
        (*this)[position] = (*this)[last];
        index_.insert(Slot{position, hash_of((*this)[position].key)});
    }
    size_ = last;
    // One spare chunk stays, so that a size around its border does not allocate again and again.
    if (chunks_->size() > size_ / chunk + 2) chunks_->pop_back();
}

} // namespace gls::state
