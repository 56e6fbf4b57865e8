#include "state/oldest.hpp"

namespace gls::state {
namespace {

void take_older(Stamp& oldest, Stamp stamp) noexcept {
    if (stamp != 0 && (oldest == 0 || stamp < oldest)) oldest = stamp;
}

std::size_t place_of(LabelId location, streams::Status status) noexcept {
    return location * streams::status_count + static_cast<std::size_t>(status);
}

} // namespace

void Oldest::Slot::take(const Entry& entry) noexcept {
    take_older(created, entry.created);
    take_older(updated, entry.updated);
}

Oldest::Slot& Oldest::slot_of(const Cell& cell) {
    const std::size_t place = place_of(cell.location, cell.status);
    if (place >= slots_.size()) slots_.resize(place + 1);
    return slots_[place];
}

const Oldest::Slot* Oldest::slot_at(LabelId location, streams::Status status) const noexcept {
    const std::size_t place = place_of(location, status);
    return place < slots_.size() ? &slots_[place] : nullptr;
}

void Oldest::joins(const Cell& cell, const Entry& entry) {
    slot_of(cell).take(entry);
}

void Oldest::leaves(const Cell& cell, const Entry& entry) {
    Slot& slot = slot_of(cell);
    const bool was_oldest = (entry.created != 0 && entry.created == slot.created) ||
                            (entry.updated != 0 && entry.updated == slot.updated);
    if (!was_oldest) return;
    slot.stale = true;
    (streams::is_live(cell.status) ? live_stale_ : others_stale_) = true;
}

void Oldest::begin_recount() {
    for (Slot& slot : slots_) {
        if (slot.stale) slot.created = slot.updated = 0;
    }
}

void Oldest::recount(const Cell& cell, const Entry& entry) {
    Slot& slot = slot_of(cell);
    if (slot.stale) slot.take(entry);
}

void Oldest::end_recount() {
    for (Slot& slot : slots_)
        slot.stale = false;
    live_stale_ = others_stale_ = false;
}

std::optional<WallTime> Oldest::created(LabelId location, streams::Status status) const {
    const Slot* const slot = slot_at(location, status);
    return slot == nullptr ? std::nullopt : time_of(slot->created);
}

std::optional<WallTime> Oldest::updated(LabelId location, streams::Status status) const {
    const Slot* const slot = slot_at(location, status);
    return slot == nullptr ? std::nullopt : time_of(slot->updated);
}

} // namespace gls::state
