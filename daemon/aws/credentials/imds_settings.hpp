// Whether and where the instance metadata service is asked. Source: AWS SDKs and Tools guide, "IMDS
// client". Pure but for reading variables.
#pragma once

#include "aws/http_message.hpp"
#include "aws/profile/shared_config.hpp"
#include "base/env.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>

namespace gls::aws {

// What a caller asks for himself; goes before the environment and the profile.
struct ImdsWishes {
    std::optional<std::string> endpoint;
    std::optional<std::string> mode; // IPv4 or IPv6, in any case
};

struct ImdsSettings {
    Endpoint endpoint;
    milliseconds timeout{1000}; // of one request: AWS_METADATA_SERVICE_TIMEOUT
    unsigned attempts{3};       // AWS_METADATA_SERVICE_NUM_ATTEMPTS
    // Version 1 has no token and so no guard against forged requests from inside: it is only ever
    // used where AWS_EC2_METADATA_V1_DISABLED=false (or its profile key) asks for it.
    bool may_use_version_1{false};
};

// Errors: not_configured (AWS_EC2_METADATA_DISABLED=true), credentials (a mistake, naming the
// variable or key).
[[nodiscard]] Result<ImdsSettings> imds_settings(const Env& env, const SharedConfig& config,
                                                 const ImdsWishes& wishes = {});

} // namespace gls::aws
