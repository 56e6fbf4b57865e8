// Keys as a profile of the shared files says: its base first, then each role on top of the last.
// Source: AWS SDKs and Tools guide, "Assume role credential provider".
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/from_container.hpp"
#include "aws/credentials/from_environment.hpp"
#include "aws/credentials/from_imds.hpp"
#include "aws/credentials/outside.hpp"
#include "aws/credentials/sts.hpp"
#include "aws/profile/profile_plan.hpp"

#include <string>

namespace gls::aws {

class FromProfile final : public CredentialsSource {
public:
    // `profile` and `region`: the target's settings, "" = by environment and files.
    FromProfile(const Outside& outside, const std::string& profile, const std::string& region)
        : outside_{outside}, profile_{profile}, sts_{outside, profile, region},
          environment_{outside.env}, container_{outside}, imds_{outside, profile} {}
    // The files are read anew. Errors: not_configured (nobody named a profile and `default` holds
    // nothing); invalid_input and credentials (a mistake, with its place); as the sources and STS
    // tell.
    [[nodiscard]] Task<Result<Credentials>> load() override;

private:
    [[nodiscard]] Task<Result<Credentials>> load_base(SharedConfig config, PlanBase base);

    Outside outside_;
    std::string profile_;
    Sts sts_;
    FromEnvironment environment_; // credential_source names one of these three
    FromContainer container_;
    FromImds imds_;
};

} // namespace gls::aws
