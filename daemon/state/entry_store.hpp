// Entries in dense chunks, found by key through an index of their positions. Against a flat map of
// whole entries: 57 bytes a session instead of 80, and growing copies 8 bytes each instead of 40,
// so that there is no peak of twice the table. Pure.
#pragma once

#include "state/entry.hpp"
#include "state/key_index.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace gls::state {

class EntryStore {
public:
    using Position = KeyIndex::Position; // stable until the next remove()

    [[nodiscard]] std::optional<Position> find(const streams::SessionKey& key) const {
        return index_.find(key, [&](Position at) { return (*this)[at].key == key; });
    }
    // The entry of that key, and whether it was put there by this call.
    std::pair<Position, bool> find_or_insert(const Entry& entry);
    void remove(Position position); // the last entry takes its place
    void reserve(std::size_t entries) { index_.reserve(entries); }
    void expect(const streams::SessionKey& key) const noexcept { index_.expect(key); }

    [[nodiscard]] Entry& operator[](Position at) noexcept {
        return chunks_[at / chunk][at % chunk];
    }
    [[nodiscard]] const Entry& operator[](Position at) const noexcept {
        return chunks_[at / chunk][at % chunk];
    }
    [[nodiscard]] Position size() const noexcept { return size_; }

    // visit(entry) for each, in the order they were put in, giving memory back on the way;
    // ahead(entry) some entries before.
    template <class Ahead, class Visit>
    void drain(Ahead ahead, Visit visit) {
        index_ = KeyIndex{};
        for (Position at = 0; at < size_; ++at) {
            if (at + distance < size_) ahead(std::as_const(*this)[at + distance]);
            visit(std::as_const(*this)[at]);
            if ((at + 1) % chunk == 0) chunks_[at / chunk].reset();
        }
        chunks_.clear();
        size_ = 0;
    }

private:
    static constexpr Position chunk = 4096;
    static constexpr Position distance = 16; // a cache miss takes about as long as so many visits

    std::vector<std::unique_ptr<Entry[]>> chunks_;
    KeyIndex index_;
    Position size_{0};
};

} // namespace gls::state
