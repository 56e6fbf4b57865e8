// Where IAM Identity Center is reached: portal.sso (keys) and oidc (tokens). Source: the services'
// published endpoint rule sets.
#pragma once

#include "aws/profile/shared_config.hpp"
#include "aws/request/endpoint.hpp"
#include "base/env.hpp"

#include <string>

namespace gls::aws {

enum class SsoService { portal, oidc };

// Errors: invalid_input (a region that is not one, a configured URL that is wrong).
[[nodiscard]] Result<ResolvedEndpoint> sso_endpoint(SsoService service, const std::string& region,
                                                    const Env& env, const SharedConfig& config);

} // namespace gls::aws
