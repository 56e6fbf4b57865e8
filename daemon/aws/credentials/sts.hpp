// AWS Security Token Service: roles assumed, and whose keys these are. Query protocol, regional
// endpoints unless AWS_STS_REGIONAL_ENDPOINTS says legacy. Source: AWS STS API reference
// 2011-06-15.
#pragma once

#include "aws/call/attempts.hpp"
#include "aws/credentials.hpp"
#include "aws/credentials/outside.hpp"
#include "aws/profile/profile_plan.hpp"

#include <memory>
#include <string>

namespace gls::aws {

class Sts {
public:
    // `profile` and `region` are the target's settings, "" = by environment and files.
    Sts(Outside outside, std::string profile, std::string region)
        : outside_{std::move(outside)}, profile_{std::move(profile)}, region_{std::move(region)} {}

    // Errors: those of a call; credentials where there is no region or the answer is not one of
    // STS. `signing` outlives the call.
    [[nodiscard]] Task<Result<Credentials>> assume_role(CredentialsProvider& signing,
                                                        RoleStep role);
    [[nodiscard]] Task<Result<Credentials>> assume_role_with_web_identity(WebIdentity identity,
                                                                          Secret token);
    // The account that the keys belong to, 12 digits.
    [[nodiscard]] Task<Result<std::string>> account_of_caller(CredentialsProvider& signing);

private:
    [[nodiscard]] Task<Result<std::string>> post(Attempt attempt, std::string form,
                                                 CredentialsProvider* signing);

    Outside outside_;
    std::string profile_;
    std::string region_;
};

} // namespace gls::aws
