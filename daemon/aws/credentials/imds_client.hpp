// The instance metadata service, version 2: a session token first, then paths with it. Source: EC2
// user guide, "Use the Instance Metadata Service to access instance metadata".
#pragma once

#include "aws/credentials/host_exchange.hpp"
#include "aws/credentials/imds_settings.hpp"
#include "aws/credentials/outside.hpp"
#include "base/secret.hpp"

#include <optional>
#include <string>

namespace gls::aws {

class ImdsClient {
public:
    // `profile`: the target's setting, "" = by environment.
    ImdsClient(Outside outside, std::string profile)
        : outside_{std::move(outside)}, profile_{std::move(profile)} {}

    // The content at `path` ("/latest/meta-data/..."). Errors: not_found (404); not_configured
    // (turned off, or nothing has ever answered there: not an EC2 instance); credentials (refused,
    // a mistake in the settings); timeout, connection, server_error, throttled, malformed.
    [[nodiscard]] Task<Result<std::string>> get(std::string path);

private:
    [[nodiscard]] Task<Result<>> make_token(const ImdsSettings& settings);
    [[nodiscard]] bool has_token() const;

    Outside outside_;
    std::string profile_;
    Secret token_; // empty with a deadline: version 1
    std::optional<SteadyTime> token_good_until_;
    bool has_answered_{false};
};

} // namespace gls::aws
