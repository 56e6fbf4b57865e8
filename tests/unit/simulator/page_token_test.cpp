#include "simulator/page_token.hpp"

#include <doctest/doctest.h>

using namespace gls::simulator;

namespace {
Bookmark example_bookmark() {
    return {42, {1000, 77, 13}, {500, 63}, 1'790'000'000'000, 9};
}
} // namespace

TEST_CASE("a token gives back what was sealed into it") {
    const TokenSeal seal{1};
    const auto token = seal.seal(example_bookmark());
    CHECK(seal.open(token) == example_bookmark());
    auto next = example_bookmark();
    ++next.page;
    CHECK(seal.seal(next) != token);
}

TEST_CASE("a token that was touched, cut, made up or sealed elsewhere is nobody's") {
    const TokenSeal seal{1};
    const auto token = seal.seal(example_bookmark());
    for (std::size_t at = 0; at < token.size(); ++at) {
        auto touched = token;
        touched[at] = touched[at] == 'A' ? 'B' : 'A';
        CHECK_FALSE(seal.open(touched).has_value());
        CHECK_FALSE(seal.open(token.substr(0, at)).has_value());
    }
    CHECK_FALSE(TokenSeal{2}.open(token).has_value());
    for (const auto* text : {"", "====", "made up", "AAAA"})
        CHECK_FALSE(seal.open(text).has_value());
}
