#include "aws/profile/profile_base.hpp"

#include "base/ascii.hpp"

#include <array>
#include <utility>

namespace gls::aws {
namespace {

Result<PlanBase> named_source_of(const ProfileView& profile) {
    const std::string name = profile.get("credential_source");
    if (name == "Environment") return NamedSource::environment;
    if (name == "Ec2InstanceMetadata") return NamedSource::instance_metadata;
    if (name == "EcsContainer") return NamedSource::container;
    return profile.mistake("credential_source",
                           "must be Environment, Ec2InstanceMetadata or EcsContainer");
}

Result<PlanBase> web_identity_of(const ProfileView& profile) {
    if (!profile.has("role_arn")) {
        return profile.mistake("web_identity_token_file", "needs role_arn beside it");
    }
    return WebIdentity{.role_arn = profile.get("role_arn"),
                       .token_file = profile.get("web_identity_token_file"),
                       .session_name = profile.get("role_session_name")};
}

// Start URL and region live in the [sso-session] where there is one; the profile may only repeat
// them.
Result<PlanBase> sso_session_of(const ProfileView& profile, SsoLogin login) {
    const auto& sessions = profile.config().files.sso_sessions;
    const auto found = sessions.find(login.session);
    if (found == sessions.end()) {
        return profile.mistake("sso_session",
                               "names no [sso-session] section: add one, or run aws configure sso");
    }
    for (const char* key : {"sso_region", "sso_start_url"}) {
        const std::string value = value_of(found->second, key).value_or("");
        if (profile.has(key) && profile.get(key) != value) {
            return profile.mistake(key,
                                   "belongs in the [sso-session] section that sso_session names");
        }
        if (value.empty()) {
            return profile.mistake("sso_session",
                                   std::string{"names an [sso-session] section without "} + key);
        }
        (std::string_view{key} == "sso_region" ? login.region : login.start_url) = value;
    }
    return login;
}

Result<PlanBase> sso_of(const ProfileView& profile) {
    SsoLogin login{.session = profile.get("sso_session"),
                   .region = profile.get("sso_region"),
                   .start_url = profile.get("sso_start_url"),
                   .account_id = profile.get("sso_account_id"),
                   .role_name = profile.get("sso_role_name")};
    if (login.account_id.empty() != login.role_name.empty()) {
        const bool has_role = login.account_id.empty();
        return profile.mistake(has_role ? "sso_role_name" : "sso_account_id",
                               has_role ? "needs sso_account_id beside it"
                                        : "needs sso_role_name beside it");
    }
    if (!login.session.empty()) return sso_session_of(profile, std::move(login));
    if (login.region.empty() || login.start_url.empty()) {
        return profile.mistake(
            login.region.empty() ? "sso_region" : "sso_start_url",
            "is missing: SSO needs sso_start_url and sso_region, or sso_session");
    }
    if (login.account_id.empty())
        return profile.mistake("sso_account_id", "is missing, and so is sso_role_name");
    return login;
}

bool has_any(const ProfileView& profile, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (profile.has(key)) return true;
    }
    return false;
}

} // namespace

ProfileView::ProfileView(const SharedConfig& config, std::string_view name)
    : config_{config}, name_{name}, section_{config.files.profiles.find(name)->second} {}

bool ProfileView::has(std::string_view key) const {
    const auto found = section_.find(key);
    return found != section_.end() && !found->second.value.empty();
}

std::string ProfileView::get(std::string_view key) const {
    return value_of(section_, key).value_or("");
}

bool ProfileView::in_credentials_file(std::string_view key) const {
    const auto found = section_.find(key);
    return found != section_.end() && found->second.file == ProfileFileKind::credentials;
}

std::unexpected<Error> ProfileView::mistake(std::string_view key, std::string_view what) const {
    return fail(ErrorKind::credentials,
                place_of(config_, name_) + ": " + std::string{key} + " " + std::string{what});
}

Result<PlanBase> keys_of(const ProfileView& profile) {
    for (const char* key : {"aws_access_key_id", "aws_secret_access_key"}) {
        if (!profile.has(key))
            return profile.mistake(key, "is missing beside the other half of the key");
    }
    return StaticKeys{.access_key_id = profile.get("aws_access_key_id"),
                      .secret_access_key = Secret{profile.get("aws_secret_access_key")},
                      .session_token = Secret{profile.get("aws_session_token")},
                      .account_id = profile.get("aws_account_id")};
}

// The order is that of AWS's CLI: keys in the credentials file count before a program, a program
// before keys in the config file.
Result<PlanBase> base_of(const ProfileView& profile, bool alone) {
    const bool has_keys = has_any(profile, {"aws_access_key_id", "aws_secret_access_key"});
    if (profile.has("credential_source") && profile.has("role_arn"))
        return named_source_of(profile);
    if (profile.has("web_identity_token_file")) return web_identity_of(profile);
    if (has_any(profile, {"sso_session", "sso_account_id", "sso_role_name", "sso_start_url"}))
        return sso_of(profile);
    if (has_keys && profile.in_credentials_file("aws_access_key_id")) return keys_of(profile);
    if (profile.has("credential_process")) {
        return Program{.command_line = profile.get("credential_process"),
                       .account_id = profile.get("aws_account_id")};
    }
    if (has_keys) return keys_of(profile);
    if (alone) {
        return fail(ErrorKind::not_configured,
                    place_of(profile.config(), profile.config().profile) +
                        " says nothing about credentials");
    }
    return profile.mistake("aws_access_key_id",
                           "and every other kind of credentials are missing, but another profile "
                           "or role builds on this one");
}

} // namespace gls::aws
