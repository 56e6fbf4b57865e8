// aws::Api over Attempts: GameLift Streams' GET requests, and nothing else.
#pragma once

#include "aws/call/attempts.hpp"

#include <memory>
#include <string>

namespace gls::aws {

// path segments and query percent-encoded: /streamgroups/arn%3Aaws%3A...?MaxResults=100
[[nodiscard]] std::string target_of(const Operation& operation, const std::string& base_path);

// `parts.credentials` is needed; the rest as CallParts says.
[[nodiscard]] std::unique_ptr<Api> signed_api(CallSettings settings, CallParts parts);

} // namespace gls::aws
