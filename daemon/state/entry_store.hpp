// Entries in dense chunks, found by key through a hash set of their positions. Against a flat map
// of whole entries: 60 bytes a session instead of 80, and growing copies 8 bytes each instead of
// 40, so that there is no peak of twice the table. Pure.
#pragma once

#include "state/entry.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace gls::state {

class EntryStore {
public:
    using Position = std::uint32_t; // stable until the next remove()

    EntryStore();
    EntryStore(EntryStore&&) noexcept = default;
    EntryStore& operator=(EntryStore&&) noexcept = default;

    [[nodiscard]] std::optional<Position> find(const streams::SessionKey& key) const;
    // The entry of that key, and whether it was put there by this call.
    std::pair<Position, bool> find_or_insert(const Entry& entry);
    void remove(Position position); // the last entry takes its place
    [[nodiscard]] Entry& operator[](Position at) noexcept {
        return (*chunks_)[at / chunk][at % chunk];
    }
    [[nodiscard]] const Entry& operator[](Position at) const noexcept {
        return (*chunks_)[at / chunk][at % chunk];
    }
    [[nodiscard]] Position size() const noexcept { return size_; }

    // visit(entry) for each, in the order they were put in, giving memory back on the way.
    template <class Visit>
    void drain(Visit visit) {
        index_ = Index{0, Hash{}, Same{chunks_.get()}};
        for (Position at = 0; at < size_; ++at) {
            visit(std::as_const(*this)[at]);
            if ((at + 1) % chunk == 0) (*chunks_)[at / chunk].reset();
        }
        chunks_->clear();
        size_ = 0;
    }

private:
    static constexpr Position chunk = 4096;
    using Chunks = std::vector<std::unique_ptr<Entry[]>>;

    // Half of the key's hash lies beside the position: growing and most comparisons need not touch
    // the entry, which is a cache miss away.
    struct Slot {
        Position at;
        std::uint32_t hash;
    };
    struct Hash {
        using is_transparent = void;
        using is_avalanching = void;
        std::size_t operator()(std::uint32_t hash) const noexcept {
            return hash * std::size_t{0x9e3779b97f4a7c15};
        }
        std::size_t operator()(const Slot& slot) const noexcept { return (*this)(slot.hash); }
        std::size_t operator()(const streams::SessionKey& key) const noexcept {
            return (*this)(hash_of(key));
        }
    };
    struct Same {
        using is_transparent = void;
        const Chunks* chunks{nullptr};
        bool operator()(const streams::SessionKey& key, const Slot& slot) const noexcept {
            return slot.hash == hash_of(key) &&
                   (*chunks)[slot.at / chunk][slot.at % chunk].key == key;
        }
        bool operator()(const Slot& slot, const streams::SessionKey& key) const noexcept {
            return (*this)(key, slot);
        }
        bool operator()(const Slot& a, const Slot& b) const noexcept {
            return a.hash == b.hash && (*this)((*chunks)[a.at / chunk][a.at % chunk].key, b);
        }
    };
    using Index = boost::unordered_flat_set<Slot, Hash, Same>;

    static std::uint32_t hash_of(const streams::SessionKey& key) noexcept {
        return static_cast<std::uint32_t>(key.low);
    }

    std::unique_ptr<Chunks>
        chunks_; // on the heap: the index points to it, and a store can be moved
    Index index_;
    Position size_{0};
};

} // namespace gls::state
