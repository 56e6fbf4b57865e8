// The JSON in which credentials arrive: from IMDS and container hosts, from credential_process, and
// from IAM Identity Center. Messages name members, never values. Pure.
#pragma once

#include "aws/credentials_value.hpp"
#include "base/result.hpp"

#include <string_view>

namespace gls::aws {

// `source` of the results is left empty. Errors: malformed.
[[nodiscard]] Result<Credentials> parse_host_credentials(std::string_view json); // IMDS, containers
[[nodiscard]] Result<Credentials> parse_program_output(std::string_view json);   // "Version": 1
[[nodiscard]] Result<Credentials>
parse_sso_role_credentials(std::string_view json); // GetRoleCredentials

} // namespace gls::aws
