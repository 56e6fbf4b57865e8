#include "metrics/fleet_document.hpp"
#include "pictures.hpp"

#include <doctest/doctest.h>

namespace gls::metrics {
namespace {

using test::minute;
using test::noon;
using test::shared;
using test::small_picture;

TEST_CASE("scrapes share one rendering until the board or an age limit changes it") {
    poll::Board board{{shared(small_picture())}};
    FleetDocument document{board, {}};
    const auto first = document.at(noon);
    CHECK(first->form(Format::text).plain.find("status=\"ACTIVE\"") != std::string::npos);
    CHECK(document.at(noon + 2 * minute) == first);

    const auto late = document.at(noon + 4 * minute);
    CHECK(late != first);
    CHECK(late->form(Format::text).plain.find("status=\"ACTIVE\"") == std::string::npos);
    CHECK(document.at(noon + 5 * minute) == late);

    board.arrange({shared(small_picture("renamed"))});
    const auto next = document.at(noon + 5 * minute);
    CHECK(next != late);
    CHECK(next->form(Format::open_metrics).plain.find("renamed") != std::string::npos);
}

TEST_CASE("a clock set back renders anew, so that what was too old may be shown again") {
    const poll::Board board{{shared(small_picture())}};
    FleetDocument document{board, {}};
    const auto late = document.at(noon + 4 * minute);
    const auto back = document.at(noon);
    CHECK(back != late);
    CHECK(back->form(Format::text).plain.find("status=\"ACTIVE\"") != std::string::npos);
}

TEST_CASE("a rendering outlives its replacement while a scrape still sends it") {
    poll::Board board{{shared(small_picture())}};
    FleetDocument document{board, {}};
    const auto held = document.at(noon);
    const auto copy = held->form(Format::text).plain;
    board.arrange({shared(small_picture("other"))});
    (void)document.at(noon);
    CHECK(held->form(Format::text).plain == copy);
}

} // namespace
} // namespace gls::metrics
