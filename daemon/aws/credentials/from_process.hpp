// Keys that a program of the user prints: credential_process. No shell is involved, its standard
// error is thrown away, and neither its command line nor its output ever reaches a message. Source:
// AWS SDKs and Tools guide, "Process credential provider".
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/outside.hpp"
#include "aws/profile/profile_plan.hpp"

#include <string>

namespace gls::aws {

// `place`: of the profile, for messages. Errors: credentials, timeout, cancelled.
[[nodiscard]] Task<Result<Credentials>> program_credentials(Outside outside, Program program,
                                                            std::string place);

} // namespace gls::aws
