// How often and in which mode to retry, from the user's settings, the environment and the profile,
// in this order; the names and rules are those of every AWS SDK. Pure.
#pragma once

#include "base/env.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace gls::aws {

// adaptive is standard plus a client-side rate that follows throttling (aws/retry/adaptive.hpp).
enum class RetryMode { standard, adaptive };

struct RetrySettings {
    RetryMode mode{RetryMode::adaptive};
    unsigned max_attempts{5}; // the first one included; at least 1
    friend bool operator==(const RetrySettings&, const RetrySettings&) = default;
};

// AWS_RETRY_MODE, AWS_MAX_ATTEMPTS; profile keys retry_mode, max_attempts. `configured_attempts` is
// api.max_attempts of the settings file. "legacy" counts as standard. Errors: invalid_input.
[[nodiscard]] Result<RetrySettings>
retry_settings(std::optional<std::uint32_t> configured_attempts, const Env& env,
               const std::map<std::string, std::string>& profile);

} // namespace gls::aws
