#include "aws/target_credentials.hpp"

#include "aws/cached.hpp"
#include "aws/chain.hpp"
#include "aws/from_container.hpp"
#include "aws/from_environment.hpp"
#include "aws/from_imds.hpp"
#include "aws/from_profile.hpp"
#include "aws/from_web_identity.hpp"
#include "aws/source_error.hpp"
#include "aws/sts.hpp"

#include <utility>
#include <vector>

namespace gls::aws {
namespace {

// The role of a target, assumed with the keys of its chain.
class AssumedRole final : public CredentialsSource {
public:
    AssumedRole(const Outside& outside, std::unique_ptr<CredentialsProvider> base,
                const settings::Target& target, const std::string& region)
        : base_{std::move(base)}, sts_{outside, target.profile, region} {
        role_.role_arn = target.role_arn;
        role_.external_id = target.external_id;
        role_.session_name = target.role_session_name;
    }

    Task<Result<Credentials>> load() override {
        auto assumed = co_await sts_.assume_role(*base_, role_);
        if (!assumed)
            co_return source_failed("assuming the target's role_arn", std::move(assumed.error()));
        co_return assumed;
    }

private:
    std::unique_ptr<CredentialsProvider> base_;
    Sts sts_;
    RoleStep role_;
};

std::unique_ptr<CredentialsProvider> cached(const Outside& outside,
                                            std::unique_ptr<CredentialsSource> source) {
    return std::make_unique<CachedCredentials>(std::move(source), outside.clock, outside.random,
                                               outside.log);
}

} // namespace

std::unique_ptr<CredentialsSource> default_chain(const Outside& outside, const std::string& profile,
                                                 const std::string& region) {
    std::vector<std::unique_ptr<CredentialsSource>> sources;
    if (profile.empty()) sources.push_back(std::make_unique<FromEnvironment>(outside.env));
    sources.push_back(std::make_unique<FromProfile>(outside, profile, region));
    if (profile.empty()) {
        sources.push_back(std::make_unique<FromWebIdentity>(outside, profile, region));
        sources.push_back(std::make_unique<FromContainer>(outside));
        sources.push_back(std::make_unique<FromImds>(outside, profile));
    }
    return std::make_unique<Chain>(std::move(sources));
}

std::unique_ptr<CredentialsProvider> target_credentials(const Outside& outside,
                                                        const settings::Target& target,
                                                        const std::string& region) {
    auto base = cached(outside, default_chain(outside, target.profile, region));
    if (target.role_arn.empty()) return base;
    return cached(outside, std::make_unique<AssumedRole>(outside, std::move(base), target, region));
}

} // namespace gls::aws
