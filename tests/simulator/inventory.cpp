#include "simulator/inventory.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gls::simulator {

namespace {

constexpr std::array<std::string_view, 10> known_locations{
    "us-west-2", "us-east-2",      "us-east-1",      "eu-central-1", "eu-west-1",
    "sa-east-1", "ap-northeast-1", "ap-northeast-2", "ap-south-1",   "ap-southeast-2"};
constexpr std::array<std::string_view, 6> stream_classes{"gen5n_high",    "gen6n_ultra",
                                                         "gen5n_win2022", "gen6n_medium",
                                                         "gen4n_high",    "gen6n_pro_win2022"};
struct Runtime {
    std::string_view type;
    std::string_view version;
};
constexpr std::array<Runtime, 4> runtimes{
    {{"UBUNTU", "22_04_LTS"}, {"WINDOWS", "2022"}, {"PROTON", "20250516"}, {"PROTON", "20241007"}}};
constexpr Millis day = 86'400'000;
// A stream group lives 180 days.
constexpr Millis group_life = 180 * day;

// Index in [0, count) with odds falling about as 1, 1/2, 1/3 ...: a fleet has a favourite group and
// place.
std::size_t draw_falling(std::size_t count, Chance& chance) {
    const auto power = std::exp(chance.unit() * std::log(static_cast<double>(count + 1)));
    return std::min(static_cast<std::size_t>(power) - 1, count - 1);
}

template <typename Thing>
std::optional<std::uint16_t> index_of(const std::vector<Thing>& things, std::string_view id) {
    const auto found = std::ranges::find_if(
        things, [&](const Thing& thing) { return thing.id == id && !thing.dropped; });
    if (found == things.end()) return std::nullopt;
    return static_cast<std::uint16_t>(found - things.begin());
}

} // namespace

std::uint32_t GroupLocation::allocated_now() const {
    if (allocated) return *allocated;
    return std::max({always_on, in_use, std::min(in_use + target_idle, maximum)});
}

std::uint32_t GroupLocation::idle_now() const {
    const auto now = allocated_now();
    return now > in_use ? now - in_use : 0;
}

GroupLocation* StreamGroup::find(std::uint8_t location) {
    const auto found = std::ranges::find(locations, location, &GroupLocation::location);
    return found == locations.end() ? nullptr : &*found;
}

Inventory::Inventory(const FleetSizes& sizes, Millis birth) {
    Chance chance{sizes.seed ^ 0x91a7U};
    for (std::size_t at = 0; at < sizes.locations; ++at)
        locations.emplace_back(at < known_locations.size() ? std::string{known_locations[at]}
                                                           : "sim-east-" + std::to_string(at));
    for (std::size_t at = 0; at < sizes.applications; ++at) {
        const auto& runtime = runtimes[at % runtimes.size()];
        const auto created = birth - (200 + static_cast<Millis>(at % 100)) * day;
        applications.push_back({"a-" + letters_of(chance.next(), 9),
                                "Game " + std::to_string(at + 1), runtime.type, runtime.version,
                                "READY", created, created + day / 3});
    }
    for (std::size_t at = 0; at < sizes.groups; ++at) {
        StreamGroup group;
        group.id = "sg-" + letters_of(chance.next(), 9);
        group.description = "Group " + std::to_string(at + 1);
        group.stream_class = stream_classes[at % stream_classes.size()];
        group.created = birth - (10 + static_cast<Millis>(at % 100)) * day;
        group.updated = group.created + day / 2;
        group.expires = group.created + group_life;
        // Each group runs in its own first location and in about two thirds of the others.
        for (std::size_t step = 0; step < sizes.locations; ++step) {
            if (step != 0 && chance.comes_up(1.0 / 3)) continue;
            GroupLocation place;
            place.location = static_cast<std::uint8_t>((at + step) % sizes.locations);
            group.locations.push_back(place);
        }
        for (std::size_t step = 0; step < std::min<std::size_t>(3, sizes.applications); ++step)
            group.applications.push_back(
                static_cast<std::uint16_t>((at * 2 + step) % sizes.applications));
        groups.push_back(std::move(group));
    }
    // Room for twice the load that the draw below leads to, half of it always on.
    std::size_t drawn = 0;
    for (; drawn < std::min<std::size_t>(sizes.live, 20'000); ++drawn)
        if (const auto seat = draw_seat(chance))
            ++groups[seat->group].find(seat->location)->maximum;
    const auto scale =
        drawn == 0 ? 1.0 : static_cast<double>(sizes.live) / static_cast<double>(drawn);
    for (auto& group : groups)
        for (auto& place : group.locations) {
            const auto load = static_cast<std::uint32_t>(scale * place.maximum);
            place.maximum = 2 * load + 4;
            place.always_on = load / 2 + 1;
            place.target_idle = load / 10 + 1;
        }
}

std::optional<Inventory::Seat> Inventory::draw_seat(Chance& chance) const {
    if (std::ranges::all_of(groups, &StreamGroup::dropped)) return std::nullopt;
    auto at = draw_falling(groups.size(), chance);
    while (groups[at].dropped)
        at = (at + 1) % groups.size();
    const auto& group = groups[at];
    const auto& place = group.locations[draw_falling(group.locations.size(), chance)];
    const auto application = group.applications[draw_falling(group.applications.size(), chance)];
    return Seat{static_cast<std::uint16_t>(at), application, place.location};
}

std::optional<Inventory::Seat> Inventory::seat_in(std::optional<std::uint16_t> group,
                                                  std::optional<std::uint8_t> location) {
    for (std::size_t at = 0; at < groups.size(); ++at) {
        auto& candidate = groups[at];
        if (candidate.dropped || (group && *group != at)) continue;
        if (location && candidate.find(*location) == nullptr) continue;
        return Seat{static_cast<std::uint16_t>(at), candidate.applications[0],
                    location.value_or(candidate.locations[0].location)};
    }
    return std::nullopt;
}

std::optional<std::uint16_t> Inventory::group_of(std::string_view id) const {
    return index_of(groups, id);
}
std::optional<std::uint16_t> Inventory::application_of(std::string_view id) const {
    return index_of(applications, id);
}
std::optional<std::uint8_t> Inventory::location_of(std::string_view name) const {
    const auto found = std::ranges::find(locations, name);
    if (found == locations.end()) return std::nullopt;
    return static_cast<std::uint8_t>(found - locations.begin());
}

} // namespace gls::simulator
