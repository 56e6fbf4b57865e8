// Where the entry of a key lies: a hash set of positions, open and linear, 8 bytes a slot, at most
// three quarters full. Three things that no ready set gives make a sweep of a million twice as
// fast: the hash lies beside the position, so that growing never touches an entry; slots stay in
// the order of their hashes, so that growing is one pass from left to right; and a slot can be
// asked for ahead of its use. Pure.
#pragma once

#include "streams/session.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace gls::state {

class KeyIndex {
public:
    using Position = std::uint32_t;

    KeyIndex() : slots_(smallest) {}

    // Room for so many keys, so that growing on the way is saved where their number is foreseen.
    void reserve(std::size_t keys) {
        if (keys * 4 > slots_.size() * 3) grow(keys);
    }
    // Asks the memory for the slot where the key should be.
    void expect(const streams::SessionKey& key) const noexcept {
        __builtin_prefetch(&slots_[home_of(hash_of(key))]);
    }
    // `is_it(position)` tells whether the entry there has the key.
    template <class IsIt>
    [[nodiscard]] std::optional<Position> find(const streams::SessionKey& key, IsIt is_it) const {
        const Slot& slot = slots_[place_of(hash_of(key), is_it)];
        if (slot.at == nothing) return std::nullopt;
        return slot.at;
    }
    // The position found, or `at` and true where there was none.
    template <class IsIt>
    std::pair<Position, bool> find_or_insert(const streams::SessionKey& key, Position at,
                                             IsIt is_it) {
        reserve(size_ + 1);
        Slot& slot = slots_[place_of(hash_of(key), is_it)];
        if (slot.at != nothing) return {slot.at, false};
        slot = {at, hash_of(key)};
        ++size_;
        return {at, true};
    }
    // The key is there, at that position.
    void replace(const streams::SessionKey& key, Position at, Position by);
    void remove(const streams::SessionKey& key, Position at);

private:
    static constexpr Position nothing = ~Position{0};
    static constexpr std::size_t smallest = 16;

    struct Slot {
        Position at{nothing};
        std::uint32_t hash{0};
    };

    // The key is a hash itself; its best mixed half is taken as it is.
    static std::uint32_t hash_of(const streams::SessionKey& key) noexcept {
        return static_cast<std::uint32_t>(key.low >> 32U);
    }
    [[nodiscard]] std::size_t home_of(std::uint32_t hash) const noexcept { return hash >> shift_; }
    [[nodiscard]] std::size_t after(std::size_t place) const noexcept {
        return (place + 1) & (slots_.size() - 1);
    }
    template <class IsIt>
    [[nodiscard]] std::size_t place_of(std::uint32_t hash, IsIt is_it) const {
        std::size_t place = home_of(hash);
        while (slots_[place].at != nothing &&
               !(slots_[place].hash == hash && is_it(slots_[place].at)))
            place = after(place);
        return place;
    }
    void grow(std::size_t keys);

    std::vector<Slot> slots_; // a power of two
    unsigned shift_{28};      // 32 less its exponent
    std::size_t size_{0};
};

} // namespace gls::state
