// Keys from the agent of an ECS task or EKS Pod Identity. The authorization token is read anew from
// its file each time, because the agent replaces it.
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/outside.hpp"

namespace gls::aws {

class FromContainer final : public CredentialsSource {
public:
    explicit FromContainer(Outside outside) : outside_{std::move(outside)} {}
    // Errors: not_configured; credentials (a mistake in a variable, a refusal, an unreadable
    // answer); timeout, connection, server_error, throttled.
    [[nodiscard]] Task<Result<Credentials>> load() override;

private:
    Outside outside_;
};

} // namespace gls::aws
