#include "support/run_coroutine.hpp"

#include <doctest/doctest.h>

namespace gls::test {

void run_until(boost::asio::io_context& context, ManualClock* clock, const bool& done) {
    for (;;) {
        context.restart();
        context.poll();
        if (done) break;
        if (clock == nullptr || !clock->advance_to_next())
            FAIL("the task waits for something that nothing will wake");
    }
    // poll() has returned with everything ready done; a context that has not stopped still has
    // somebody waiting in it.
    CHECK_MESSAGE(context.stopped(), "the task has ended but left work behind");
}

} // namespace gls::test
