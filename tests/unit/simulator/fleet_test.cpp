// A fleet lives as the API model says, stays as large as it was asked to be, and is the same for
// the same seed, however time was cut.
#include "simulator/fleet.hpp"
#include "simulator/truth.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>

using namespace gls::simulator;

namespace {

constexpr Millis birth = 1'790'000'000'000;
constexpr Millis minute = 60'000;

FleetSizes sizes(std::size_t sessions, std::size_t live, double ending) {
    FleetSizes chosen;
    chosen.sessions = sessions;
    chosen.live = live;
    chosen.ending_per_minute = ending;
    return chosen;
}

std::array<std::size_t, 8> by_status(const Fleet& fleet) {
    std::array<std::size_t, 8> counts{};
    for (const auto slot : fleet.shelf().first({}, fleet.shelf().size()))
        ++counts[static_cast<std::size_t>(fleet.shelf().at(slot).status)];
    return counts;
}

std::size_t live(const Fleet& fleet) {
    const auto counts = by_status(fleet);
    return counts[0] + counts[1] + counts[2] + counts[3] + counts[4] + counts[5];
}

template <typename Counts>
std::uint64_t sum(const Counts& counts) {
    std::uint64_t total = 0;
    for (const auto& [key, count] : counts)
        total += count;
    return total;
}

} // namespace

TEST_CASE("a fleet is born as large as it was asked to be") {
    for (const auto& [sessions, alive] :
         {std::pair<std::size_t, std::size_t>{0, 0}, {1, 0}, {1, 1}, {500, 20}}) {
        const Fleet fleet{sizes(sessions, alive, 5), birth};
        CHECK(fleet.shelf().size() == sessions);
        CHECK(live(fleet) == alive);
    }
}

TEST_CASE("the same seed gives the same fleet, in one step or in many; another seed another one") {
    auto chosen = sizes(2000, 300, 20);
    Fleet one{chosen, birth};
    Fleet many{chosen, birth};
    one.advance_to(birth + 240 * minute);
    for (Millis at = birth; at <= birth + 240 * minute; at += 977)
        many.advance_to(at);
    many.advance_to(birth + 240 * minute);
    CHECK(truth_of(one, 1, 1) == truth_of(many, 1, 1));
    chosen.seed = 2;
    Fleet other{chosen, birth};
    other.advance_to(birth + 240 * minute);
    CHECK(truth_of(one, 1, 1) != truth_of(other, 1, 1));
}

TEST_CASE("a steady fleet keeps its size and its mixture") {
    Fleet fleet{sizes(20'000, 2000, 200), birth};
    const auto before = by_status(fleet);
    for (int hour = 1; hour <= 10; ++hour) {
        fleet.advance_to(birth + Millis{hour} * 60 * minute);
        CHECK(live(fleet) > 1700);
        CHECK(live(fleet) < 2300);
        CHECK(fleet.shelf().size() > 18'500);
        CHECK(fleet.shelf().size() < 21'500);
    }
    const auto after = by_status(fleet);
    for (std::size_t at = 0; at < 3; ++at) {
        CHECK(after[at] > before[at] / 2);
        CHECK(after[at] < before[at] * 2 + 20);
    }
}

TEST_CASE("what is counted adds up: sessions, capacity in use, starts, ends, removals") {
    Fleet fleet{sizes(3000, 400, 40), birth};
    fleet.advance_to(birth + 300 * minute);
    const auto& counts = fleet.counts();
    CHECK(3000 + sum(counts.started) - counts.removed == fleet.shelf().size());
    CHECK(400 + sum(counts.started) - sum(counts.ended) == live(fleet));
    CHECK(sum(counts.exports_finished) > 0);
    std::size_t in_use = 0;
    for (const auto& group : fleet.inventory().groups)
        for (const auto& place : group.locations) {
            in_use += place.in_use;
            CHECK(place.allocated_now() >= place.in_use);
        }
    CHECK(in_use == live(fleet));
}

TEST_CASE("sessions move only where the model lets them, with the reasons it has") {
    Fleet fleet{sizes(3000, 400, 40), birth};
    fleet.advance_to(birth + 600 * minute);
    using S = Status;
    const std::set<std::tuple<S, S>> allowed{{S::activating, S::active},
                                             {S::activating, S::error},
                                             {S::active, S::connected},
                                             {S::active, S::terminating},
                                             {S::connected, S::terminating},
                                             {S::connected, S::pending_client_reconnection},
                                             {S::reconnecting, S::connected},
                                             {S::reconnecting, S::pending_client_reconnection},
                                             {S::terminating, S::terminated},
                                             {S::terminating, S::error},
                                             {S::pending_client_reconnection, S::reconnecting},
                                             {S::pending_client_reconnection, S::terminating}};
    std::set<std::tuple<S, S>> seen;
    for (const auto& [move, count] : fleet.counts().transitions)
        seen.insert(move);
    CHECK(seen == allowed);
    for (const auto slot : fleet.shelf().first({}, fleet.shelf().size())) {
        const auto& session = fleet.shelf().at(slot);
        CHECK(session.created <= session.updated);
        CHECK(session.updated <= fleet.now());
        CHECK(is_live(session.status) == (session.shown_reason() == Reason::none));
        if (session.export_status == ExportStatus::succeeded)
            CHECK(session.status >= S::terminated);
    }
}

TEST_CASE("an ended session is listed for the retention and no longer") {
    auto chosen = sizes(200, 50, 10);
    chosen.retention_seconds = 600;
    Fleet fleet{chosen, birth};
    fleet.advance_to(birth + 60 * minute);
    for (const auto slot : fleet.shelf().first({}, fleet.shelf().size())) {
        const auto& session = fleet.shelf().at(slot);
        if (!is_live(session.status)) CHECK(fleet.now() - session.updated <= 10 * minute);
    }
}

TEST_CASE("a fleet in which nothing ends stands still, but takes orders") {
    Fleet fleet{sizes(100, 40, 0), birth};
    const auto before = by_status(fleet);
    fleet.advance_to(birth + 100'000 * minute);
    CHECK(by_status(fleet) == before);
    CHECK(fleet.start(3) == 3);
    CHECK(live(fleet) == 43);
    const auto slot = fleet.shelf().first({.status = Status::connected}, 1).at(0);
    fleet.move(slot, {Status::terminated, Reason::api_terminated});
    CHECK(live(fleet) == 42);
    CHECK(fleet.shelf().at(slot).updated == fleet.now());
    fleet.remove(slot);
    CHECK(fleet.shelf().size() == 102);
}

TEST_CASE("held sessions stay where they are until they are released") {
    Fleet fleet{sizes(100, 60, 30), birth};
    fleet.hold(Status::activating, true);
    fleet.advance_to(birth + 60 * minute);
    const auto stuck = by_status(fleet)[0];
    CHECK(stuck > 1000);
    CHECK(live(fleet) == stuck);
    fleet.hold(Status::activating, false);
    fleet.advance_to(birth + 120 * minute);
    CHECK(by_status(fleet)[0] < 30);
}

TEST_CASE("a dropped group takes its sessions along and gets no more") {
    Fleet fleet{sizes(500, 100, 10), birth};
    const auto in_group = fleet.shelf().first({.group = 0}, 10'000).size();
    CHECK(fleet.drop_group(0) == in_group);
    fleet.advance_to(birth + 60 * minute);
    CHECK(fleet.shelf().first({.group = 0}, 1).empty());
    for (std::uint16_t group = 1; group < 3; ++group)
        fleet.drop_group(group);
    CHECK(fleet.shelf().size() == 0);
    fleet.advance_to(birth + 120 * minute);
    CHECK(fleet.shelf().size() == 0);
}

TEST_CASE("a daily swing moves the load by its share") {
    auto chosen = sizes(1000, 500, 100);
    chosen.diurnal = 0.9;
    Fleet fleet{chosen, birth - birth % (1440 * minute)};
    fleet.advance_to(fleet.now() + 360 * minute); // a quarter of the day: the peak of the sine
    const auto peak = live(fleet);
    fleet.advance_to(fleet.now() + 720 * minute);
    CHECK(live(fleet) * 4 < peak);
}
