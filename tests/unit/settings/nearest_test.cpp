#include "settings/nearest.hpp"

#include <doctest/doctest.h>

#include <vector>

using gls::settings::nearest;

TEST_CASE("the nearest known word, or none") {
    const std::vector<std::string> known{"live_interval", "full_interval", "stale_after", "timeout",
                                         "path"};
    CHECK(nearest("live_intervall", known) == "live_interval"); // one more
    CHECK(nearest("live_interal", known) == "live_interval");   // one less
    CHECK(nearest("lvie_interval", known) == "live_interval");  // swapped
    CHECK(nearest("liveInterval", known) == "live_interval");   // changed
    CHECK(nearest("stale-after", known) == "stale_after");
    CHECK(nearest("pth", known) == "path");
    CHECK(nearest("timeout", known) == "timeout");
    for (const char* word : {"", "x", "colour", "interval_of_sweeps"}) {
        CAPTURE(word);
        CHECK_FALSE(nearest(word, known));
    }
    CHECK_FALSE(nearest(std::string(1000, 'x'), known));
    CHECK_FALSE(nearest("path", {}));
}
