#include "simulator/shelf.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace gls::simulator {

namespace {

constexpr std::size_t word_bits = 64;
constexpr Slot no_slot = ~Slot{0};

void set_bit(std::vector<std::uint64_t>& bits, Slot slot, bool on) {
    const auto mask = std::uint64_t{1} << (slot % word_bits);
    auto& word = bits[slot / word_bits];
    word = on ? word | mask : word & ~mask;
}

} // namespace

Shelf::Shelf(std::size_t expected, std::size_t groups) : by_group_(groups) {
    grow(expected + expected / 8 +
         word_bits); // an eighth of air, so that slots are drawn by chance
}

void Shelf::grow(std::size_t slots) {
    const auto words = (slots + word_bits - 1) / word_bits;
    const auto before = sessions_.size();
    sessions_.resize(words * word_bits);
    for (auto slot = before; slot < sessions_.size(); ++slot)
        free_.push_back(static_cast<Slot>(slot));
    taken_.resize(words);
    for (auto& bits : by_status_)
        bits.resize(words);
    for (auto& bits : by_export_)
        bits.resize(words);
    for (auto& bits : by_group_)
        bits.resize(words);
}

void Shelf::mark(Slot slot, const Session& session, bool on) {
    set_bit(taken_, slot, on);
    set_bit(by_status_[static_cast<std::size_t>(session.status)], slot, on);
    set_bit(by_export_[static_cast<std::size_t>(session.export_status)], slot, on);
    set_bit(by_group_[session.group], slot, on);
}

Slot Shelf::put(const Session& session, Chance& chance) {
    if (free_.empty()) grow(sessions_.size() + sessions_.size() / 4 + word_bits);
    std::swap(free_[chance.below(static_cast<std::uint32_t>(free_.size()))], free_.back());
    const auto slot = free_.back();
    free_.pop_back();
    sessions_[slot] = session;
    mark(slot, session, true);
    if (slot_of_serial_.empty()) first_serial_ = session.serial;
    slot_of_serial_.resize(session.serial - first_serial_ + 1, no_slot);
    slot_of_serial_.back() = slot;
    ++size_;
    return slot;
}

void Shelf::remove(Slot slot) {
    mark(slot, sessions_[slot], false);
    slot_of_serial_[sessions_[slot].serial - first_serial_] = no_slot;
    while (!slot_of_serial_.empty() && slot_of_serial_.front() == no_slot) {
        slot_of_serial_.pop_front();
        ++first_serial_;
    }
    sessions_[slot] = {};
    free_.push_back(slot);
    --size_;
}

void Shelf::set_status(Slot slot, Status status) {
    auto& session = sessions_[slot];
    set_bit(by_status_[static_cast<std::size_t>(session.status)], slot, false);
    session.status = status;
    set_bit(by_status_[static_cast<std::size_t>(status)], slot, true);
}

void Shelf::set_export(Slot slot, ExportStatus status) {
    auto& session = sessions_[slot];
    set_bit(by_export_[static_cast<std::size_t>(session.export_status)], slot, false);
    session.export_status = status;
    set_bit(by_export_[static_cast<std::size_t>(status)], slot, true);
}

std::optional<Slot> Shelf::slot_of(std::uint32_t serial) const {
    if (serial < first_serial_ || serial - first_serial_ >= slot_of_serial_.size()) return {};
    const auto slot = slot_of_serial_[serial - first_serial_];
    return slot == no_slot ? std::nullopt : std::optional{slot};
}

std::size_t Shelf::bytes() const {
    const auto bitmaps = 1 + by_status_.size() + by_export_.size() + by_group_.size();
    return sessions_.capacity() * sizeof(Session) + free_.capacity() * sizeof(Slot) +
           bitmaps * taken_.capacity() * sizeof(std::uint64_t) +
           slot_of_serial_.size() * sizeof(Slot);
}

Route Shelf::new_route(Chance& chance) const {
    const auto words = static_cast<std::uint32_t>(taken_.size());
    auto stride = chance.below(words) + 1;
    while (std::gcd(stride, words) != 1)
        stride = chance.below(words) + 1;
    return {words, stride, chance.below(words)};
}

std::uint64_t Shelf::fitting(const Filter& filter, std::size_t word) const {
    auto bits = taken_[word];
    if (filter.status) bits &= by_status_[static_cast<std::size_t>(*filter.status)][word];
    if (filter.export_status)
        bits &= by_export_[static_cast<std::size_t>(*filter.export_status)][word];
    if (filter.group) bits &= by_group_[*filter.group][word];
    return bits;
}

std::optional<Place> Shelf::walk(const Filter& filter, const Route& route, Place place,
                                 std::size_t limit, std::vector<Slot>& found) const {
    for (; place.step < route.words; ++place.step, place.bit = 0) {
        const auto word = static_cast<std::uint32_t>(
            (route.start + std::uint64_t{place.step} * route.stride) % route.words);
        auto bits = fitting(filter, word);
        bits = place.bit < word_bits ? bits >> place.bit << place.bit : 0;
        for (; bits != 0; bits &= bits - 1) {
            const auto bit = static_cast<std::uint32_t>(std::countr_zero(bits));
            if (limit == 0) return Place{place.step, bit};
            found.push_back(static_cast<Slot>(word * word_bits + bit));
            --limit;
        }
    }
    return std::nullopt;
}

std::vector<Slot> Shelf::first(const Filter& filter, std::size_t limit) const {
    std::vector<Slot> found;
    const Route route{static_cast<std::uint32_t>(taken_.size()), 1, 0};
    (void)walk(filter, route, {}, limit, found);
    return found;
}

} // namespace gls::simulator
