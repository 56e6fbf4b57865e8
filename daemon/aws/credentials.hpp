// Keys, and where they come from. A source reports not_configured when it does not apply (the chain
// then tries the next one); any other error stops the chain.
#pragma once

#include "aws/credentials_value.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

#include <memory>

namespace gls::aws {

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
    // AWS refused `refused` as expired: the next get() refreshes, unless it already holds newer
    // keys.
    virtual void expired(const Credentials& refused) = 0;
    // What get() last had, for metrics; null before.
    [[nodiscard]] virtual std::shared_ptr<const Credentials> current() const { return nullptr; }
};

} // namespace gls::aws
