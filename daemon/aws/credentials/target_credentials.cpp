#include "aws/credentials/target_credentials.hpp"

#include "aws/credentials/cached.hpp"
#include "aws/credentials/chain.hpp"
#include "aws/credentials/from_container.hpp"
#include "aws/credentials/from_environment.hpp"
#include "aws/credentials/from_imds.hpp"
#include "aws/credentials/from_profile.hpp"
#include "aws/credentials/from_web_identity.hpp"
#include "aws/credentials/source_error.hpp"
#include "aws/credentials/sts.hpp"
#include "aws/request/partitions.hpp"

#include <utility>
#include <vector>

namespace gls::aws {
namespace {

// The role of a target, assumed with the keys of its chain.
class AssumedRole final : public CredentialsSource {
public:
    AssumedRole(std::shared_ptr<CredentialsProvider> base, Sts sts, RoleStep role)
        : base_{std::move(base)}, sts_{std::move(sts)}, role_{std::move(role)} {}

    Task<Result<Credentials>> load() override {
        auto assumed = co_await sts_.assume_role(*base_, role_);
        if (!assumed)
            co_return source_failed("assuming the target's role_arn " + role_.role_arn,
                                    std::move(assumed.error()));
        co_return assumed;
    }

private:
    std::shared_ptr<CredentialsProvider> base_;
    Sts sts_;
    RoleStep role_;
};

} // namespace

std::unique_ptr<CredentialsSource> default_chain(const Outside& outside, const std::string& profile,
                                                 const std::string& region) {
    const bool chosen = !profile.empty();
    std::vector<std::unique_ptr<CredentialsSource>> sources;
    if (!chosen) sources.push_back(std::make_unique<FromEnvironment>(outside.env));
    sources.push_back(std::make_unique<FromProfile>(outside, profile, region));
    if (!chosen) sources.push_back(std::make_unique<FromWebIdentity>(outside, profile, region));
    sources.push_back(std::make_unique<FromContainer>(outside));
    sources.push_back(std::make_unique<FromImds>(outside, profile));
    return std::make_unique<Chain>(std::move(sources));
}

std::shared_ptr<CredentialsProvider> CredentialsPool::keys_for(const settings::Target& target,
                                                               const std::string& region) {
    Way way;
    way.partition = partition_of(region).name;
    way.profile = target.profile;
    if (!target.role_arn.empty()) {
        way.role_arn = target.role_arn;
        way.external_id = target.external_id;
        way.role_session_name = target.role_session_name;
    }
    return shared(std::move(way), region);
}

std::shared_ptr<CredentialsProvider> CredentialsPool::shared(Way way, const std::string& region) {
    if (auto kept = providers_[way].lock()) return kept;
    auto made = std::make_shared<CachedCredentials>(source_of(way, region), outside_.clock,
                                                    outside_.random, outside_.log);
    std::erase_if(providers_, [](const auto& entry) { return entry.second.expired(); });
    providers_[std::move(way)] = made;
    return made;
}

void CredentialsPool::ask_anew() {
    for (const auto& [way, provider] : providers_) {
        if (const auto kept = provider.lock()) kept->ask_anew();
    }
}

std::unique_ptr<CredentialsSource> CredentialsPool::source_of(const Way& way,
                                                              const std::string& region) {
    if (way.role_arn.empty()) return default_chain(outside_, way.profile, region);
    Way base;
    base.partition = way.partition;
    base.profile = way.profile;
    RoleStep role;
    role.role_arn = way.role_arn;
    role.external_id = way.external_id;
    role.session_name = way.role_session_name;
    return std::make_unique<AssumedRole>(shared(std::move(base), region),
                                         Sts{outside_, way.profile, region}, std::move(role));
}

} // namespace gls::aws
