// Keys to sign with, as a plain value. Pure.
#pragma once

#include "base/secret.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>

namespace gls::aws {

struct Credentials {
    std::string access_key_id;
    Secret secret_access_key;
    Secret session_token;               // empty for long-lived keys
    std::optional<WallTime> expires_at; // none: they do not expire
    std::string account_id;             // 12 digits where the source tells it, else empty
    std::string source; // label of credentials_expiry_timestamp_seconds: environment, profile, ...
};

} // namespace gls::aws
