#include "state/entry_store.hpp"

namespace gls::state {

EntryStore::EntryStore()
    : chunks_{std::make_unique<Chunks>()}, index_{0, Hash{chunks_.get()}, Same{chunks_.get()}} {}

std::optional<EntryStore::Position> EntryStore::find(const streams::SessionKey& key) const {
    const auto found = index_.find(key);
    if (found == index_.end()) return std::nullopt;
    return *found;
}

EntryStore::Position EntryStore::insert(const Entry& entry) {
    if (size_ % chunk == 0 && size_ / chunk == chunks_->size())
        chunks_->push_back(std::make_unique_for_overwrite<Entry[]>(chunk));
    const Position at = size_++;
    (*this)[at] = entry;
    index_.insert(at);
    return at;
}

void EntryStore::remove(Position position) {
    const Position last = size_ - 1;
    index_.erase(index_.find((*this)[position].key));
    if (position != last) {
        index_.erase(index_.find((*this)[last].key));
        (*this)[position] = (*this)[last];
        index_.insert(position);
    }
    size_ = last;
    // One spare chunk stays, so that a size around its border does not allocate again and again.
    if (chunks_->size() > size_ / chunk + 2) chunks_->pop_back();
}

} // namespace gls::state
