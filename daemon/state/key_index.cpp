#include "state/key_index.hpp"

namespace gls::state {

void KeyIndex::replace(const streams::SessionKey& key, Position at, Position by) {
    slots_[place_of(hash_of(key), [at](Position found) { return found == at; })].at = by;
}

// Those behind the gap move up, as far as their homes allow, so that no search ends too early.
void KeyIndex::remove(const streams::SessionKey& key, Position at) {
    std::size_t gap = place_of(hash_of(key), [at](Position found) { return found == at; });
    for (std::size_t place = after(gap); slots_[place].at != nothing; place = after(place)) {
        const std::size_t mask = slots_.size() - 1;
        const std::size_t from_home = (place - home_of(slots_[place].hash)) & mask;
        if (from_home < ((place - gap) & mask)) continue;
        slots_[gap] = slots_[place];
        gap = place;
    }
    slots_[gap] = Slot{};
    --size_;
}

void KeyIndex::grow(std::size_t keys) {
    std::size_t size = slots_.size();
    for (; keys * 4 > size * 3; size *= 2)
        --shift_;
    std::vector<Slot> slots(size);
    slots.swap(slots_);
    for (const Slot& slot : slots) {
        if (slot.at == nothing) continue;
        std::size_t place = home_of(slot.hash);
        while (slots_[place].at != nothing)
            place = after(place);
        slots_[place] = slot;
    }
}

} // namespace gls::state
