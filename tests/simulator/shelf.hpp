// Where the sessions lie: a session takes a free slot by chance and keeps it for life, so that slot
// order is an order that never changes and tells nothing. One bit per slot for each status, export
// status and group answers filters: a word holds 64 sessions, so ten thousand of a million are
// found in the time of reading 16,000 words. Pure.
#pragma once

#include "simulator/chance.hpp"
#include "simulator/session.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace gls::simulator {

using Slot = std::uint32_t;

struct Filter {
    std::optional<Status> status{};
    std::optional<ExportStatus> export_status{};
    std::optional<std::uint16_t> group{};
    friend bool operator==(const Filter&, const Filter&) = default;
};

// A chain's way through the slots: its n-th word is word (start + n * stride) mod words. Slots
// added later are not on it, nor need they be: their sessions began after the chain.
struct Route {
    std::uint32_t words{1};
    std::uint32_t stride{1}; // no common divisor with words
    std::uint32_t start{0};
    friend bool operator==(const Route&, const Route&) = default;
};
struct Place { // the next slot to look at
    std::uint32_t step{0};
    std::uint32_t bit{0};
    friend bool operator==(const Place&, const Place&) = default;
};

class Shelf {
public:
    Shelf(std::size_t expected, std::size_t groups);

    Slot put(const Session& session, Chance& chance);
    void remove(Slot slot);
    void set_status(Slot slot, Status status);
    void set_export(Slot slot, ExportStatus status);
    // Times and reason may be changed freely; what is indexed only by the two above.
    [[nodiscard]] Session& at(Slot slot) { return sessions_[slot]; }
    [[nodiscard]] const Session& at(Slot slot) const { return sessions_[slot]; }
    [[nodiscard]] std::optional<Slot> slot_of(std::uint32_t serial) const;
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const;

    [[nodiscard]] Route new_route(Chance& chance) const;
    // Appends at most `limit` fitting slots from `place` on; the place of the next fitting one, or
    // nothing when there is none.
    [[nodiscard]] std::optional<Place> walk(const Filter& filter, const Route& route, Place place,
                                            std::size_t limit, std::vector<Slot>& found) const;
    // The first fitting slots in slot order.
    [[nodiscard]] std::vector<Slot> first(const Filter& filter, std::size_t limit) const;

private:
    using Bits = std::vector<std::uint64_t>;
    void grow(std::size_t slots);
    void mark(Slot slot, const Session& session, bool on);
    [[nodiscard]] std::uint64_t fitting(const Filter& filter, std::size_t word) const;

    std::vector<Session> sessions_;
    std::vector<Slot> free_;
    Bits taken_;
    std::array<Bits, 8> by_status_;
    std::array<Bits, 4> by_export_;
    std::vector<Bits> by_group_;
    std::deque<Slot> slot_of_serial_; // from first_serial_ on; gone = no_slot
    std::uint32_t first_serial_{0};
    std::size_t size_{0};
};

} // namespace gls::simulator
