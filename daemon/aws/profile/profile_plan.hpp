// How a profile says its credentials are got: first a base (keys, a named source, web identity,
// SSO, a program), then roles assumed one on top of the other. Sections in, plan out; nothing is
// fetched. Source: AWS SDKs and Tools guide, "Assume role credential provider", and the order of
// AWS's own CLI. Pure.
#pragma once

#include "aws/profile/shared_config.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gls::aws {

struct StaticKeys {
    std::string access_key_id;
    Secret secret_access_key;
    Secret session_token;
    std::string account_id;
};

enum class NamedSource { environment, instance_metadata, container }; // credential_source

struct WebIdentity {
    std::string role_arn;
    std::string token_file;
    std::string session_name; // "" = ours
};

struct SsoLogin {
    std::string session; // "" where the profile itself holds start URL and region
    std::string region;
    std::string start_url;
    std::string account_id; // both "" in a profile meant for access tokens instead of credentials
    std::string role_name;
};

struct Program {
    std::string command_line; // may hold secrets: never shown
    std::string account_id;   // where the program tells none
};

using PlanBase = std::variant<StaticKeys, NamedSource, WebIdentity, SsoLogin, Program>;

struct RoleStep {
    std::string role_arn;
    std::string external_id;                      // "" = none
    std::string session_name;                     // "" = ours
    std::optional<std::chrono::seconds> duration; // none: AWS's default, one hour
};

struct ProfilePlan {
    PlanBase base;
    std::vector<RoleStep> roles; // in the order in which they are assumed
};

// For config.profile. Errors: not_configured (no such profile and nobody asked for it, or one
// without anything about credentials), credentials (a mistake: which profile, file and key, and
// what to do).
[[nodiscard]] Result<ProfilePlan> plan_of(const SharedConfig& config);

} // namespace gls::aws
