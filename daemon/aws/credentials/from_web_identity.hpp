// Keys for a token that somebody else vouches for, as Kubernetes does on EKS (IAM roles for service
// accounts). The token file is read anew each time, because it is replaced before it expires.
// Source: AWS SDKs and Tools guide, "Assume role with web identity".
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/outside.hpp"
#include "aws/credentials/sts.hpp"
#include "aws/profile/profile_plan.hpp"

#include <string>

namespace gls::aws {

// For an identity that a profile names. Errors: as STS, credentials where the token cannot be read.
[[nodiscard]] Task<Result<Credentials>> web_identity_credentials(Outside outside, Sts& sts,
                                                                 WebIdentity identity);

// AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN and AWS_ROLE_SESSION_NAME.
class FromWebIdentity final : public CredentialsSource {
public:
    // `profile` and `region`: the target's settings, for the STS endpoint.
    FromWebIdentity(const Outside& outside, std::string profile, std::string region)
        : outside_{outside}, sts_{outside, std::move(profile), std::move(region)} {}
    // Errors: not_configured; as web_identity_credentials.
    [[nodiscard]] Task<Result<Credentials>> load() override;

private:
    Outside outside_;
    Sts sts_;
};

} // namespace gls::aws
