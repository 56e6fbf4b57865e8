// Real time: the system's wall clock, its steady clock, and timers of the io_context that the
// waiting coroutine runs on.
#pragma once

#include "base/clock.hpp"

#include <memory>

namespace gls {

[[nodiscard]] std::unique_ptr<Clock> asio_clock();

} // namespace gls
