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
    const auto second = before->at(1);
    const auto newer = picture_of("b");
    board.publish(newer);
    CHECK(before->at(1) == second); // whoever reads keeps what he has
    CHECK(board.current()->at(0) == before->at(0));
    CHECK(board.current()->at(1) == newer);
}

TEST_CASE("a reload arranges the targets anew, and one that it removed is not brought back") {
    Board board{{picture_of("a"), picture_of("b")}};
    const auto kept = board.current()->at(1);
    board.arrange({kept, picture_of("c")});
    REQUIRE(board.current()->size() == 2);
    CHECK(board.current()->at(0) == kept);
    CHECK(board.current()->at(1)->target.name == "c");
    board.publish(picture_of("a")); // a last word of its poller
    CHECK(board.current()->size() == 2);
    CHECK(board.current()->at(0) == kept);
}

TEST_CASE("any thread may publish while another reads") {
    Board board{{picture_of("a"), picture_of("b")}};
    const std::jthread writer{[&board] {
        for (int i = 0; i < 1'000; ++i)
            board.publish(picture_of(i % 2 == 0 ? "a" : "b"));
    }};
    for (int i = 0; i < 1'000; ++i) {
        const auto pictures = board.current();
        REQUIRE(pictures->size() == 2);
        REQUIRE(pictures->at(0)->target.name == "a");
        REQUIRE(pictures->at(1)->target.name == "b");
    }
}

} // namespace
