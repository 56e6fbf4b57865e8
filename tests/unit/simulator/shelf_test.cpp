// The shelf against a plain list, over many random steps; chains over a shelf that changes
// meanwhile.
#include "simulator/shelf.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

using namespace gls::simulator;

namespace {

struct Model {
    std::map<std::uint32_t, std::pair<Slot, Session>> by_serial;
    [[nodiscard]] std::set<std::uint32_t> fitting(const Filter& filter) const {
        std::set<std::uint32_t> serials;
        for (const auto& [serial, entry] : by_serial) {
            const auto& session = entry.second;
            if (filter.status && session.status != *filter.status) continue;
            if (filter.export_status && session.export_status != *filter.export_status) continue;
            if (filter.group && session.group != *filter.group) continue;
            serials.insert(serial);
        }
        return serials;
    }
};

std::vector<std::uint32_t> chain(const Shelf& shelf, const Filter& filter, const Route& route,
                                 std::size_t page, const std::function<void()>& between = {}) {
    std::vector<std::uint32_t> met;
    std::optional<Place> place{Place{}};
    while (place) {
        std::vector<Slot> slots;
        place = shelf.walk(filter, route, *place, page, slots);
        CHECK((slots.size() == page || !place));
        CHECK((!slots.empty() || met.empty()));
        for (const auto slot : slots)
            met.push_back(shelf.at(slot).serial);
        if (between) between();
    }
    return met;
}

Session random_session(std::uint32_t serial, Chance& chance) {
    Session session;
    session.serial = serial;
    session.group = static_cast<std::uint16_t>(chance.below(3));
    session.status = static_cast<Status>(chance.below(8));
    session.export_status = static_cast<ExportStatus>(chance.below(4));
    return session;
}

} // namespace

TEST_CASE("a shelf holds what a plain list holds, through any filter") {
    Chance chance{11};
    Shelf shelf{10, 3};
    Model model;
    std::uint32_t serial = 1;
    for (int step = 0; step < 20'000; ++step) {
        if (model.by_serial.empty() || chance.comes_up(0.5)) {
            const auto session = random_session(serial++, chance);
            model.by_serial[session.serial] = {shelf.put(session, chance), session};
        } else {
            auto at = model.by_serial.begin();
            std::advance(at, chance.below(static_cast<std::uint32_t>(
                                 std::min<std::size_t>(20, model.by_serial.size()))));
            auto& [slot, session] = at->second;
            CHECK(shelf.slot_of(at->first) == slot);
            if (chance.comes_up(0.8)) {
                shelf.remove(slot);
                CHECK_FALSE(shelf.slot_of(at->first).has_value());
                model.by_serial.erase(at);
            } else {
                session.status = static_cast<Status>(chance.below(8));
                session.export_status = static_cast<ExportStatus>(chance.below(4));
                shelf.set_status(slot, session.status);
                shelf.set_export(slot, session.export_status);
            }
        }
        if (step % 500 != 0) continue;
        CHECK(shelf.size() == model.by_serial.size());
        for (const auto& filter :
             {Filter{}, Filter{.status = Status::active}, Filter{.group = 2},
              Filter{.status = Status::error, .export_status = ExportStatus::pending}}) {
            auto met = chain(shelf, filter, shelf.new_route(chance), 7);
            CHECK(std::set(met.begin(), met.end()) == model.fitting(filter));
            CHECK(met.size() == model.fitting(filter).size());
        }
    }
}

TEST_CASE(
    "a chain meets once whatever stays in its filter, while the rest comes, goes and changes") {
    Chance chance{12};
    Shelf shelf{300, 3};
    std::uint32_t serial = 1;
    std::set<std::uint32_t> staying;
    std::vector<std::uint32_t> moving;
    for (; serial <= 600; ++serial) {
        auto session = random_session(serial, chance);
        session.status = Status::active;
        (void)shelf.put(session, chance);
        if (serial % 2 == 0)
            staying.insert(serial);
        else
            moving.push_back(serial);
    }
    const auto met = chain(shelf, {.status = Status::active}, shelf.new_route(chance), 10, [&] {
        for (int time = 0; time < 20; ++time)
            (void)shelf.put(random_session(serial++, chance), chance);
        for (int time = 0; time < 3 && !moving.empty(); ++time) {
            const auto slot = shelf.slot_of(moving.back());
            if (time == 0)
                shelf.remove(*slot);
            else
                shelf.set_status(*slot, Status::connected);
            moving.pop_back();
        }
    });
    const std::set<std::uint32_t> distinct(met.begin(), met.end());
    CHECK(distinct.size() == met.size());
    CHECK(std::ranges::includes(distinct, staying));
}

TEST_CASE("two chains meet the same sessions in different orders, neither by age") {
    Chance chance{13};
    Shelf shelf{1000, 3};
    for (std::uint32_t serial = 1; serial <= 1000; ++serial)
        (void)shelf.put(random_session(serial, chance), chance);
    auto one = chain(shelf, {}, shelf.new_route(chance), 100);
    auto two = chain(shelf, {}, shelf.new_route(chance), 100);
    CHECK(one != two);
    CHECK_FALSE(std::ranges::is_sorted(one));
    std::ranges::sort(one);
    std::ranges::sort(two);
    CHECK(one == two);
}
