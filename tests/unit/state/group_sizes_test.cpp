#include "state/group_sizes.hpp"
#include "table_fixture.hpp"

#include <doctest/doctest.h>

namespace {

using namespace gls;
using namespace gls::test;

TestSession in_group(const char* id, const char* group, Status status = Status::terminated) {
    TestSession one = session(id, status);
    one.stream_group = group;
    return one;
}

TEST_CASE_FIXTURE(TableFixture, "listed sessions are counted by stream group, the largest first") {
    CHECK(state::group_sizes(table).empty());
    full({in_group("a", "sg-2"), in_group("b", "sg-1", Status::connected), in_group("c", "sg-1"),
          in_group("d", "sg-3")});
    auto sizes = state::group_sizes(table);
    REQUIRE(sizes.size() == 3);
    CHECK(sizes[0].stream_group == "sg-1");
    CHECK(sizes[0].sessions == 2);
    CHECK(sizes[1].stream_group == "sg-2");
    CHECK(sizes[2].stream_group == "sg-3");
    full({in_group("a", "sg-2")});
    sizes = state::group_sizes(table);
    REQUIRE(sizes.size() == 1);
    CHECK(sizes[0].stream_group == "sg-2");
    CHECK(sizes[0].sessions == 1);
}

} // namespace
