// Stream groups with their locations and capacity, and applications: what a fleet of a given size
// and seed is laid out on. Everything here follows from the seed. Pure.
#pragma once

#include "simulator/chance.hpp"
#include "simulator/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gls::simulator {

// What a fleet is made of; the flags of the same names.
struct FleetSizes {
    std::size_t sessions{2000};
    std::size_t live{300};
    double ending_per_minute{10};
    std::size_t groups{3};
    std::size_t applications{4};
    std::size_t locations{4};
    double export_share{0.02};
    double error_share{0.02};
    double retention_seconds{0};
    double diurnal{0};
    std::uint64_t seed{1};
};

struct GroupLocation {
    std::uint8_t location{0};
    std::string_view status{"ACTIVE"};
    std::uint32_t always_on{0};
    std::uint32_t target_idle{0};
    std::uint32_t maximum{0};
    std::optional<std::uint32_t> allocated{}; // by order; otherwise it follows the load
    std::uint32_t in_use{0};                  // live sessions, kept by the fleet

    [[nodiscard]] std::uint32_t on_demand() const {
        return maximum > always_on ? maximum - always_on : 0;
    }
    [[nodiscard]] std::uint32_t allocated_now() const;
    [[nodiscard]] std::uint32_t idle_now() const;
};

struct StreamGroup {
    std::string id;
    std::string description;
    std::string_view stream_class;
    std::string_view status{"ACTIVE"};
    std::vector<GroupLocation> locations;
    std::vector<std::uint16_t> applications; // the first is the default one
    Millis created{0};
    Millis updated{0};
    Millis expires{0};
    bool dropped{false};

    [[nodiscard]] GroupLocation* find(std::uint8_t location);
};

struct Application {
    std::string id;
    std::string description;
    std::string_view runtime_type;
    std::string_view runtime_version;
    std::string_view status{"READY"};
    Millis created{0};
    Millis updated{0};
    bool dropped{false};
};

class Inventory {
public:
    Inventory(const FleetSizes& sizes, Millis birth);

    std::vector<std::string> locations;
    std::vector<StreamGroup> groups;
    std::vector<Application> applications;

    struct Seat {
        std::uint16_t group;
        std::uint16_t application;
        std::uint8_t location;
    };
    // Where the next session goes: earlier groups and locations get more. Nothing when no group is
    // left.
    [[nodiscard]] std::optional<Seat> draw_seat(Chance& chance) const;
    // A seat in this group, or in the first one at this location, or both.
    [[nodiscard]] std::optional<Seat> seat_in(std::optional<std::uint16_t> group,
                                              std::optional<std::uint8_t> location);
    [[nodiscard]] std::optional<std::uint16_t> group_of(std::string_view id) const;
    [[nodiscard]] std::optional<std::uint16_t> application_of(std::string_view id) const;
    [[nodiscard]] std::optional<std::uint8_t> location_of(std::string_view name) const;
};

} // namespace gls::simulator
