#include "aws/profile/profile_plan.hpp"

#include "aws/profile/profile_base.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace gls::aws {
namespace {

constexpr std::chrono::seconds shortest_role_session{900}; // STS: AssumeRole, DurationSeconds
constexpr std::chrono::seconds longest_role_session{43'200};

// One profile on the way from the selected one to the base.
struct Link {
    std::optional<RoleStep> role; // none: the base is reached
    std::string source_profile;   // "" with a role: the base is this profile's credential_source
};

Result<std::optional<std::chrono::seconds>> duration_of(const ProfileView& profile) {
    const std::string text = profile.get("duration_seconds");
    if (text.empty()) return std::nullopt;
    long long count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::chrono::seconds duration{count};
    if (error != std::errc{} || end != text.data() + text.size() ||
        duration < shortest_role_session || duration > longest_role_session) {
        return profile.mistake("duration_seconds", "must be a whole number from 900 to 43200");
    }
    return duration;
}

Result<Link> link_of(const ProfileView& profile) {
    Link link;
    if (!profile.has("role_arn") || profile.has("web_identity_token_file")) return link;
    if (profile.has("source_profile") && profile.has("credential_source")) {
        return profile.mistake("role_arn",
                               "is given with both source_profile and credential_source: keep one");
    }
    if (!profile.has("source_profile") && !profile.has("credential_source")) {
        return profile.mistake("role_arn", "needs source_profile or credential_source beside it");
    }
    if (profile.has("mfa_serial")) {
        return profile.mistake("mfa_serial",
                               "asks for a code that nobody is there to type: use a role that a "
                               "daemon may assume without MFA");
    }
    auto duration = duration_of(profile);
    if (!duration) return std::unexpected{std::move(duration.error())};
    link.source_profile = profile.get("source_profile");
    link.role = RoleStep{.role_arn = profile.get("role_arn"),
                         .external_id = profile.get("external_id"),
                         .session_name = profile.get("role_session_name"),
                         .duration = *duration};
    return link;
}

std::unexpected<Error> no_selected_profile(const SharedConfig& config) {
    if (config.chosen_by.empty() || config.profile == "default") {
        return fail(ErrorKind::not_configured, "no profile [default] in the shared config files");
    }
    return fail(ErrorKind::credentials, "the profile that " + config.chosen_by +
                                            " names is in neither shared config file: expected " +
                                            place_of(config, config.profile));
}

bool has_keys(const ProfileView& profile) {
    return profile.has("aws_access_key_id") && profile.has("aws_secret_access_key");
}

} // namespace

Result<ProfilePlan> plan_of(const SharedConfig& config) {
    std::vector<RoleStep> roles; // the selected profile's first
    std::vector<std::string> visited;
    std::string name = config.profile;
    for (;;) {
        const auto found = config.files.profiles.find(name);
        if (found == config.files.profiles.end()) {
            if (visited.empty()) return no_selected_profile(config);
            return ProfileView{config, visited.back()}.mistake(
                "source_profile", "names a profile that is in neither file");
        }
        const ProfileView profile{config, name};
        visited.push_back(name);
        const bool is_selected = visited.size() == 1;
        // Keys of a profile that is the source of another one count before its own role.
        const bool keys_are_the_base = !is_selected && has_keys(profile);
        Link link;
        if (!keys_are_the_base) {
            auto read = link_of(profile);
            if (!read) return std::unexpected{std::move(read.error())};
            link = std::move(*read);
        }
        if (link.role) roles.push_back(std::move(*link.role));
        // A profile may be its own source: its other credentials are then the base.
        if (link.source_profile.empty() || link.source_profile == name) {
            const bool alone = is_selected && roles.empty();
            auto base = keys_are_the_base ? keys_of(profile) : base_of(profile, alone);
            if (!base) return std::unexpected{std::move(base.error())};
            std::ranges::reverse(roles);
            return ProfilePlan{.base = std::move(*base), .roles = std::move(roles)};
        }
        if (std::ranges::find(visited, link.source_profile) != visited.end()) {
            return profile.mistake(
                "source_profile",
                "leads back to where the chain of profiles began: break the loop");
        }
        name = std::move(link.source_profile);
    }
}

} // namespace gls::aws
