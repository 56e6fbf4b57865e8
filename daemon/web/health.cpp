#include "web/health.hpp"

namespace gls::web {

Answer healthy_answer() {
    return plain_answer(200, "Serving.\n");
}

Answer ready_answer(const poll::Pictures& pictures) {
    std::string waiting;
    for (const auto& picture : pictures) {
        if (picture->status.first_sweep_ended) continue;
        waiting += waiting.empty() ? "" : ", ";
        waiting += picture->target.name;
    }
    if (waiting.empty()) return plain_answer(200, "Ready.\n");
    return plain_answer(503, "Waiting for the first sweep of " + waiting + ".\n");
}

} // namespace gls::web
