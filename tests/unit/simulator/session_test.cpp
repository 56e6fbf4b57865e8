#include "simulator/session.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace gls::simulator;

TEST_CASE("ids are distinct, lead back to their serial number, and differ between seeds") {
    const SessionIds ids{7};
    const SessionIds others{8};
    std::set<std::string> seen;
    for (std::uint32_t serial = 0; serial < 20'000; ++serial) {
        const auto id = ids.text_of(serial);
        REQUIRE(id.size() == 11);
        CHECK(seen.insert(id).second);
        CHECK(ids.serial_of(id) == serial);
        CHECK_FALSE(others.serial_of(id).has_value());
    }
}

TEST_CASE("text that is nobody's id leads nowhere") {
    const SessionIds ids{7};
    for (const auto* text :
         {"", "short", "ABC123def4567", "ABC123def45", "zzzzzzzzzzz", "abc/123def4"})
        CHECK_FALSE(ids.serial_of(text).has_value());
}
