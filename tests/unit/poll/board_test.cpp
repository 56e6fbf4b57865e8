#include "poll/board.hpp"

#include <doctest/doctest.h>

#include <thread>

namespace {

using namespace gls::poll;

std::shared_ptr<const Picture> picture_of(const char* name) {
    Picture picture;
    picture.target.name = name;
    return std::make_shared<const Picture>(std::move(picture));
}

TEST_CASE("a picture is swapped in whole and beside the others") {
    Board board{{picture_of("a"), picture_of("b")}};
    const auto before = board.current();
    board.publish(1, picture_of("c"));
    CHECK(before->at(1)->target.name == "b"); // whoever reads keeps what he has
    CHECK(board.current()->at(0)->target.name == "a");
    CHECK(board.current()->at(1)->target.name == "c");
}

TEST_CASE("any thread may publish while another reads") {
    Board board{{picture_of("a")}};
    std::jthread writer{[&board] {
        for (int i = 0; i < 1'000; ++i)
            board.publish(0, picture_of(i % 2 == 0 ? "a" : "b"));
    }};
    for (int i = 0; i < 1'000; ++i) {
        const auto name = board.current()->at(0)->target.name;
        REQUIRE((name == "a" || name == "b"));
    }
}

} // namespace
