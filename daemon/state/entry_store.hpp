// Entries in dense chunks, found by key through a hash set of their positions. Against a flat map
// of whole entries: 50 bytes a session instead of 80, and growing copies 4 bytes each instead of
// 40, so that there is no peak of twice the table. Pure.
#pragma once

#include "state/entry.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace gls::state {

class EntryStore {
public:
    using Position = std::uint32_t; // stable until the next remove()

    EntryStore();
    EntryStore(EntryStore&&) noexcept = default;
    EntryStore& operator=(EntryStore&&) noexcept = default;

    [[nodiscard]] std::optional<Position> find(const streams::SessionKey& key) const;
    Position insert(const Entry& entry); // its key must be new
    void remove(Position position);      // the last entry takes its place
    [[nodiscard]] Entry& operator[](Position at) noexcept {
        return (*chunks_)[at / chunk][at % chunk];
    }
    [[nodiscard]] const Entry& operator[](Position at) const noexcept {
        return (*chunks_)[at / chunk][at % chunk];
    }
    [[nodiscard]] Position size() const noexcept { return size_; }

private:
    static constexpr Position chunk = 4096;
    using Chunks = std::vector<std::unique_ptr<Entry[]>>;

    struct Hash {
        using is_transparent = void;
        using is_avalanching = void;
        const Chunks* chunks{nullptr};
        std::size_t operator()(Position at) const noexcept {
            return static_cast<std::size_t>((*chunks)[at / chunk][at % chunk].key.low);
        }
        std::size_t operator()(const streams::SessionKey& key) const noexcept {
            return static_cast<std::size_t>(key.low);
        }
    };
    struct Same {
        using is_transparent = void;
        const Chunks* chunks{nullptr};
        bool operator()(Position a, Position b) const noexcept { return a == b; }
        bool operator()(const streams::SessionKey& key, Position at) const noexcept {
            return (*chunks)[at / chunk][at % chunk].key == key;
        }
        bool operator()(Position at, const streams::SessionKey& key) const noexcept {
            return (*this)(key, at);
        }
    };

    std::unique_ptr<Chunks>
        chunks_; // on the heap: the index points to it, and a store can be moved
    boost::unordered_flat_set<Position, Hash, Same> index_;
    Position size_{0};
};

} // namespace gls::state
