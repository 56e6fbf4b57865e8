// The part of a profile that yields the first credentials of its chain, and one profile seen with
// the words for its mistakes. Pure.
#pragma once

#include "aws/profile/profile_plan.hpp"

#include <string>
#include <string_view>

namespace gls::aws {

class ProfileView {
public:
    // Both outlive the view. The profile is in the config.
    ProfileView(const SharedConfig& config, std::string_view name);

    [[nodiscard]] bool has(std::string_view key) const;        // an empty value counts as absent
    [[nodiscard]] std::string get(std::string_view key) const; // "" where absent
    [[nodiscard]] bool in_credentials_file(std::string_view key) const;
    [[nodiscard]] const SharedConfig& config() const noexcept { return config_; }
    // "profile [name] of <path>: <key> <what>", of kind credentials; values are never shown.
    [[nodiscard]] std::unexpected<Error> mistake(std::string_view key, std::string_view what) const;

private:
    const SharedConfig& config_;
    std::string_view name_;
    const Section& section_;
};

// `alone`: the selected profile without a role; it may hold nothing about credentials, which is
// not_configured. A source of others that holds none is a mistake.
[[nodiscard]] Result<PlanBase> base_of(const ProfileView& profile, bool alone);

// The two halves of a key, with a token where there is one.
[[nodiscard]] Result<PlanBase> keys_of(const ProfileView& profile);

} // namespace gls::aws
