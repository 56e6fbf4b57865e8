#include "simulator/amz_date.hpp"

#include <doctest/doctest.h>

using namespace gls::simulator;

TEST_CASE("instants are written as each protocol wants them") {
    const Millis time = 1'795'517'656'789; // Tue, 24 Nov 2026
    CHECK(amz_date_of(time) == "20261124T105416Z");
    CHECK(iso_of(time) == "2026-11-24T10:54:16Z");
    CHECK(http_date_of(time) == "Tue, 24 Nov 2026 10:54:16 GMT");
    CHECK(from_amz_date("20261124T105416Z") == time - 789);
}

TEST_CASE("dates that are none are not read") {
    for (const auto* text :
         {"", "20261124", "2026-11-24T10:54:16Z", "20261324T105416Z", "20260230T105416Z",
          "20261124T245416Z", "20261124T105416+", "2026112aT105416Z", "-0261124T105416Z"})
        CHECK_FALSE(from_amz_date(text).has_value());
}
