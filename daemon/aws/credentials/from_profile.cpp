#include "aws/credentials/from_profile.hpp"

#include "aws/credentials/fixed.hpp"
#include "aws/credentials/from_process.hpp"
#include "aws/credentials/from_sso.hpp"
#include "aws/credentials/from_web_identity.hpp"
#include "aws/credentials/source_error.hpp"

#include <utility>

namespace gls::aws {
namespace {

Credentials keys_at_hand(StaticKeys keys) {
    Credentials credentials;
    credentials.access_key_id = std::move(keys.access_key_id);
    credentials.secret_access_key = std::move(keys.secret_access_key);
    credentials.session_token = std::move(keys.session_token);
    credentials.account_id = std::move(keys.account_id);
    credentials.source = "profile";
    return credentials;
}

// A failure says whose it is. A source that a profile names must have keys: that it has none is the
// profile's mistake.
Result<Credentials> named(Result<Credentials> loaded, const std::string& place) {
    if (loaded) return loaded;
    return source_failed(place, std::move(loaded.error()));
}

} // namespace

Task<Result<Credentials>> FromProfile::load_base(SharedConfig config, PlanBase base) {
    const std::string place = place_of(config, config.profile);
    const std::string source_place = place + ": credential_source";
    if (auto* keys = std::get_if<StaticKeys>(&base)) co_return keys_at_hand(std::move(*keys));
    if (auto* identity = std::get_if<WebIdentity>(&base)) {
        co_return named(co_await web_identity_credentials(outside_, sts_, std::move(*identity)),
                        place);
    }
    if (auto* login = std::get_if<SsoLogin>(&base)) {
        co_return named(co_await sso_credentials(outside_, std::move(config), std::move(*login)),
                        place);
    }
    if (auto* program = std::get_if<Program>(&base)) {
        co_return co_await program_credentials(outside_, std::move(*program), place);
    }
    switch (std::get<NamedSource>(base)) {
    case NamedSource::environment:
        co_return named(co_await environment_.load(), source_place);
    case NamedSource::container:
        co_return named(co_await container_.load(), source_place);
    case NamedSource::instance_metadata:
        break;
    }
    co_return named(co_await imds_.load(), source_place);
}

Task<Result<Credentials>> FromProfile::load() {
    auto config = load_shared_config(outside_.env, outside_.files, profile_);
    if (!config) co_return std::unexpected{std::move(config.error())};
    auto plan = plan_of(*config);
    if (!plan) co_return std::unexpected{std::move(plan.error())};
    const std::string place = place_of(*config, config->profile);
    auto loaded = co_await load_base(std::move(*config), std::move(plan->base));
    for (auto& role : plan->roles) {
        if (!loaded) break;
        FixedCredentials signing{std::move(*loaded)};
        const std::string assuming = place + ": assuming " + role.role_arn;
        loaded = named(co_await sts_.assume_role(signing, std::move(role)), assuming);
    }
    co_return loaded;
}

} // namespace gls::aws
