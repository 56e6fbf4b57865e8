// Which request the container variables ask for, and whether it may be made: keys travel in the
// answer, so plain HTTP is for hosts that are this machine or its container agent. Source: AWS SDKs
// and Tools guide, "Container credential provider". Pure but for reading variables.
#pragma once

#include "aws/http_message.hpp"
#include "base/env.hpp"
#include "base/result.hpp"

namespace gls::aws {

// AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, else AWS_CONTAINER_CREDENTIALS_FULL_URI; without the
// Authorization header. Errors: not_configured, credentials (naming the variable).
[[nodiscard]] Result<HttpRequest> container_request(const Env& env);

} // namespace gls::aws
