// Whether this coroutine has been asked to stop. A request that arrives between two waits reaches
// neither of them, so every wait asks this first.
#pragma once

#include "base/task.hpp"

namespace gls {

[[nodiscard]] Task<bool> cancelled();

} // namespace gls
