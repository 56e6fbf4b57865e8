#include "metrics/process.hpp"

#include <doctest/doctest.h>

namespace gls::metrics {
namespace {

TEST_CASE("this very process has plausible figures") {
    const auto figures = proc_self()->read();
    REQUIRE(figures.resident_bytes);
    REQUIRE(figures.virtual_bytes);
    CHECK(*figures.resident_bytes > 100'000);
    CHECK(*figures.virtual_bytes > *figures.resident_bytes);
    REQUIRE(figures.open_fds);
    CHECK(*figures.open_fds >= 3);
    REQUIRE(figures.max_fds);
    CHECK(*figures.max_fds >= static_cast<double>(*figures.open_fds));
    REQUIRE(figures.cpu_seconds);
    CHECK(*figures.cpu_seconds >= 0);
    REQUIRE(figures.start_time_seconds);
    CHECK(*figures.start_time_seconds > 1.7e9); // later than 2023
}

} // namespace
} // namespace gls::metrics
