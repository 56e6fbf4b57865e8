// What probes ask. Healthy: the process serves. Ready: every target's first sweep has ended, well
// or badly, so that the first scrape shows all there will be. Pure.
#pragma once

#include "poll/board.hpp"
#include "web/message.hpp"

namespace gls::web {

[[nodiscard]] Answer healthy_answer();
[[nodiscard]] Answer ready_answer(const poll::Pictures& pictures); // 503 names who is waited for

} // namespace gls::web
