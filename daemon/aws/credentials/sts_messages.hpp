// What is said to STS and what it answers, as text. Pure.
#pragma once

#include "aws/credentials_value.hpp"
#include "aws/profile/profile_plan.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

namespace gls::aws {

// RoleSessionName where the user sets none: shows in CloudTrail who it was.
inline constexpr std::string_view default_session_name{"gamelift-streams-exporter"};

[[nodiscard]] std::string assume_role_form(const RoleStep& role);
[[nodiscard]] std::string web_identity_form(const WebIdentity& identity, const Secret& token);
[[nodiscard]] std::string caller_identity_form();

// Answers of AssumeRole and AssumeRoleWithWebIdentity (`action`); account_id comes from the assumed
// role's ARN. Errors: malformed, naming the element.
[[nodiscard]] Result<Credentials> parse_assumed_role(std::string_view xml, std::string_view action);
[[nodiscard]] Result<std::string> parse_caller_account(std::string_view xml);

// The account in an ARN, "" where it has none.
[[nodiscard]] std::string account_in_arn(std::string_view arn);

} // namespace gls::aws
