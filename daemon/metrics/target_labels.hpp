// The labels that every series of a target carries: target, region, and its own. Pure.
#pragma once

#include "poll/target_status.hpp"

#include <string>

namespace gls::metrics {

[[nodiscard]] std::string target_labels(const poll::TargetIdentity& target);
// The same and account_id, which must be known.
[[nodiscard]] std::string account_labels(const poll::TargetIdentity& target);

} // namespace gls::metrics
