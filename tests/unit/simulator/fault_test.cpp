#include "simulator/fault.hpp"

#include <doctest/doctest.h>

using namespace gls::simulator;

namespace {
constexpr auto list = Operation::list_stream_sessions_by_account;

std::size_t fired(FaultBook& book, Operation operation, int calls, Millis steady = 0) {
    std::size_t count = 0;
    for (int call = 0; call < calls; ++call)
        if (book.draw(operation, false, steady)) ++count;
    return count;
}
} // namespace

TEST_CASE("a rule comes up for its operation, after some calls, so many times, for so long") {
    FaultBook book{1};
    Fault fault{.kind = FaultKind::throttle};
    SUBCASE("always") {
        book.add(fault, 0);
        CHECK(fired(book, list, 10) == 10);
        CHECK(fired(book, Operation::assume_role, 10) == 10);
        CHECK(fired(book, Operation::imds_token, 10) == 0); // "*" is AWS's operations
    }
    SUBCASE("one operation") {
        fault.operation = "GetStreamSession";
        book.add(fault, 0);
        CHECK(fired(book, list, 10) == 0);
        CHECK(fired(book, Operation::get_stream_session, 10) == 10);
    }
    SUBCASE("after and count") {
        fault.after = 3;
        fault.count = 2;
        book.add(fault, 0);
        CHECK(fired(book, list, 4) == 1);
        CHECK(fired(book, list, 10) == 1);
    }
    SUBCASE("duration") {
        fault.duration_seconds = 5;
        book.add(fault, 1000);
        CHECK(fired(book, list, 3, 5999) == 3);
        CHECK(fired(book, list, 3, 6000) == 0);
    }
    SUBCASE("probability") {
        fault.probability = 0.2;
        book.add(fault, 0);
        const auto count = fired(book, list, 10'000);
        CHECK(count > 1800);
        CHECK(count < 2200);
    }
}

TEST_CASE("the first rule that comes up decides; kinds of pages let other calls pass") {
    FaultBook book{1};
    book.add({.kind = FaultKind::repeat_token}, 0);
    book.add({.kind = FaultKind::deny}, 0);
    CHECK(book.draw(list, false, 0)->kind == FaultKind::repeat_token);
    CHECK(book.draw(Operation::get_stream_group, false, 0)->kind == FaultKind::deny);
    book.clear();
    book.add({.kind = FaultKind::expire_token}, 0);
    CHECK_FALSE(book.draw(list, false, 0).has_value());
    CHECK(book.draw(list, true, 0).has_value());
}
