#include "web/health.hpp"

namespace gls::web {

Answer healthy_answer() {
    return plain_answer(200, "Serving.\n");
}

Answer ready_answer(const poll::Pictures& pictures) {
    std::string waiting;
    for (const auto& picture : pictures) {
        // Who waits for the next day's budget has nothing to wait for before.
        if (picture->status.first_sweep_ended || picture->status.waits_for_budget) continue;
        waiting += waiting.empty() ? "" : ", ";
        waiting += picture->target.name;
    }
    if (waiting.empty()) return plain_answer(200, "Ready.\n");
    return plain_answer(503, "Waiting for the first sweep of " + waiting + ".\n");
}

} // namespace gls::web
