// Keys, and where they come from. A source reports not_configured when it does not apply (the chain
// then tries the next one); any other error stops the chain.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

#include <memory>
#include <optional>
#include <string>

namespace gls::aws {

struct Credentials {
    std::string access_key_id;
    Secret secret_access_key;
    Secret session_token;               // empty for long-lived keys
    std::optional<WallTime> expires_at; // none: they do not expire
    std::string account_id;             // 12 digits where the source tells it, else empty
    std::string source;                 // label of credentials_expiry_timestamp_seconds: environment, profile, ...
};

// One way to get keys, asked anew at each refresh. No caching here.
class CredentialsSource {
  public:
    virtual ~CredentialsSource() = default;
    [[nodiscard]] virtual Task<Result<Credentials>> load() = 0;
};

// What a call uses: cached and refreshed behind this. The pointer stays valid while it is held.
class CredentialsProvider {
  public:
    virtual ~CredentialsProvider() = default;
    [[nodiscard]] virtual Task<Result<std::shared_ptr<const Credentials>>> get() = 0;
    // AWS refused `refused` as expired: the next get() refreshes, unless it already holds newer keys.
    virtual void expired(const Credentials& refused) = 0;
};

} // namespace gls::aws
