// The keys of one target: the default chain, or the profile that its settings name, and a role on
// top where they name one. Source of the chain's order: AWS's own SDKs (environment, profile, web
// identity, container, instance metadata).
#pragma once

#include "aws/credentials.hpp"
#include "aws/outside.hpp"
#include "settings/settings.hpp"

#include <memory>
#include <string>

namespace gls::aws {

// `region`: of the target, for the STS endpoint. A profile in the settings is the user's own word,
// so it goes before keys in the environment, as with `--profile` of AWS's CLI.
[[nodiscard]] std::unique_ptr<CredentialsSource>
default_chain(const Outside& outside, const std::string& profile, const std::string& region);

[[nodiscard]] std::unique_ptr<CredentialsProvider>
target_credentials(const Outside& outside, const settings::Target& target,
                   const std::string& region);

} // namespace gls::aws
