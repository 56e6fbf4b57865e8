// What is known of a target apart from its sessions; implemented by app.
#pragma once

#include "base/result.hpp"
#include "base/task.hpp"
#include "poll/target_status.hpp"

#include <string>

namespace gls::poll {

class TargetFacts {
public:
    virtual ~TargetFacts() = default;
    virtual void tell(TargetStatus& status) = 0; // credentials
    // Asked of STS: twelve digits. Errors: those of a call; not_configured before the first one.
    [[nodiscard]] virtual Task<Result<std::string>> account_id() = 0;
};

} // namespace gls::poll
