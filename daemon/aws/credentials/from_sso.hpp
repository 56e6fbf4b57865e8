// Keys for a login to IAM Identity Center: the token that `aws sso login` left in the CLI's cache,
// renewed where the cache allows it, then GetRoleCredentials with it. Source: AWS SDKs and Tools
// guide, "IAM Identity Center credential provider"; SSO Portal and SSO OIDC API references.
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/outside.hpp"
#include "aws/profile/profile_plan.hpp"

#include <string>

namespace gls::aws {

// For the login that config's profile, or one it builds on, names. Errors: credentials (no token,
// run out, refused: log in again), else those of a call.
[[nodiscard]] Task<Result<Credentials>> sso_credentials(Outside outside, SharedConfig config,
                                                        SsoLogin login);

} // namespace gls::aws
