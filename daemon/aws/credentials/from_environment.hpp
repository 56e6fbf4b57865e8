// Keys from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for keys of a session, AWS_SESSION_TOKEN
// and AWS_CREDENTIAL_EXPIRATION. Source: AWS SDKs and Tools guide, "AWS access keys".
#pragma once

#include "aws/credentials.hpp"
#include "base/env.hpp"

namespace gls::aws {

class FromEnvironment final : public CredentialsSource {
public:
    explicit FromEnvironment(const Env& env) : env_{env} {}
    // Errors: not_configured, credentials (a key without its secret, an unreadable expiration).
    [[nodiscard]] Task<Result<Credentials>> load() override;

private:
    const Env& env_;
};

} // namespace gls::aws
