// A fleet that lives on a clock of its own: advance_to lets everything happen that was due until
// then, in the order of its instants, with seeded chance; the orders interfere by hand. Same sizes,
// seed and orders: same fleet, however the time was cut into steps. Pure: time comes in as a
// number.
#pragma once

#include "simulator/inventory.hpp"
#include "simulator/life.hpp"
#include "simulator/lifecycle_counts.hpp"
#include "simulator/shelf.hpp"

#include <array>
#include <optional>
#include <vector>

namespace gls::simulator {

class Fleet {
public:
    Fleet(const FleetSizes& sizes, Millis birth);

    void advance_to(Millis now); // an instant before now() changes nothing
    [[nodiscard]] Millis now() const { return now_; }

    // What happens to sessions, by itself or by order; a count tells how many sessions an order
    // met.
    std::size_t start(std::size_t count, std::optional<std::uint16_t> group = {},
                      std::optional<std::uint8_t> location = {});
    void move(Slot slot, Turn turn);
    void remove(Slot slot);
    void set_rates(const Rates& rates);
    std::size_t hold(Status status, bool on); // sessions in it stay until released
    std::size_t drop_group(std::uint16_t group);

    [[nodiscard]] const Rates& rates() const { return rates_; }
    [[nodiscard]] Inventory& inventory() { return inventory_; }
    [[nodiscard]] const Inventory& inventory() const { return inventory_; }
    [[nodiscard]] const Shelf& shelf() const { return shelf_; }
    [[nodiscard]] const SessionIds& ids() const { return ids_; }
    [[nodiscard]] const LifecycleCounts& counts() const { return counts_; }

private:
    struct Event {
        Millis at;
        std::uint32_t serial;
    };
    static bool later(const Event& left, const Event& right);

    void populate(const FleetSizes& sizes);
    void add_live();
    void add_ended(Millis span);
    Slot admit(Session session);
    void schedule(Slot slot, double mean_seconds);
    void schedule_at(Slot slot, Millis at);
    void happen(Slot slot);
    void finish_export(Slot slot);
    void draw_next_start(Millis from);
    [[nodiscard]] Millis later_by(double mean_seconds);

    Millis now_;
    Rates rates_;
    Inventory inventory_;
    SessionIds ids_;
    Chance chance_;
    Shelf shelf_;
    LifecycleCounts counts_;
    std::vector<Event> events_; // a heap, the earliest on top
    Millis next_start_{never};
    std::uint32_t next_serial_{1};
    std::array<bool, 8> held_{};
};

} // namespace gls::simulator
