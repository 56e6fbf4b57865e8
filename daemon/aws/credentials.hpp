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
    // AWS does not take these any more: the next get() asks their source anew, unless it already
    // holds others.
    virtual void refused_by_aws(const Credentials& keys) = 0;
    // The next get() asks the source anew; where that fails the old keys stay.
    virtual void ask_anew() {}
    // What get() last had, for metrics; null before.
    [[nodiscard]] virtual std::shared_ptr<const Credentials> current() const { return nullptr; }
};

} // namespace gls::aws
