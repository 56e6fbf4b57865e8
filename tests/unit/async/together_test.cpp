#include "async/together.hpp"
#include "spawned.hpp"
#include "support/manual_clock.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

namespace asio = boost::asio;
using gls::milliseconds;
using gls::Task;
using gls::test::ManualClock;
using gls::test::poll;
using gls::test::Spawned;

// Each piece takes ten milliseconds; one that is cancelled makes the rest vain.
class Pieces final : public gls::SharedWork {
public:
    Pieces(gls::Clock& clock, int count) : clock_{clock}, left_{count} {}
    [[nodiscard]] bool over() const override { return left_ == 0 || cancelled > 0; }
    Task<> next() override {
        --left_;
        most = std::max(most, ++running);
        const bool slept = co_await clock_.sleep_for(milliseconds{10});
        --running;
        ++(slept ? done : cancelled);
    }
    int running{0}, most{0}, done{0}, cancelled{0};

private:
    gls::Clock& clock_;
    int left_;
};

Task<int> all_of(Pieces& pieces, std::size_t workers) {
    co_await gls::work_off(pieces, workers);
    co_return pieces.done;
}

} // namespace

TEST_CASE("so many workers take piece after piece until none is left") {
    asio::io_context context;
    ManualClock clock;
    Pieces pieces{clock, 7};
    const Spawned<int> task{context, all_of(pieces, 3)};
    for (const int done : {0, 3, 6, 7}) {
        poll(context);
        CHECK(pieces.done == done);
        clock.advance(context, milliseconds{10});
    }
    CHECK(pieces.most == 3);
    CHECK(task.result.has_value());
}

TEST_CASE("more workers than pieces, and no pieces at all") {
    asio::io_context context;
    ManualClock clock;
    Pieces two{clock, 2};
    Pieces none{clock, 0};
    const Spawned<int> first{context, all_of(two, 8)};
    const Spawned<int> second{context, all_of(none, 8)};
    poll(context);
    CHECK(second.result.has_value());
    CHECK(two.running == 2);
    clock.advance(context, milliseconds{10});
    CHECK(first.result.has_value());
    CHECK(two.done == 2);
}

TEST_CASE("a cancellation reaches every piece, and none is begun after it") {
    asio::io_context context;
    ManualClock clock;
    Pieces pieces{clock, 9};
    Spawned<int> task{context, all_of(pieces, 4)};
    poll(context);
    task.cancel();
    poll(context);
    CHECK(pieces.cancelled == 4);
    CHECK(pieces.running == 0);
    CHECK(task.result.has_value());
}
