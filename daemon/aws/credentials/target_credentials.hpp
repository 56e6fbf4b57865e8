// The keys of each target: the default chain, or the profile that its settings name, and a role on
// top where they name one. Targets whose settings ask for the same keys share them: one refresh
// serves all, one sign-in token is renewed by one hand. Source of the chain's order: AWS's own
// SDKs (environment, profile, web identity, container, instance metadata).
#pragma once

#include "aws/credentials.hpp"
#include "aws/credentials/outside.hpp"
#include "settings/settings.hpp"

#include <compare>
#include <map>
#include <memory>
#include <string>

namespace gls::aws {

// `region`: for the STS endpoint. A profile in the settings is the user's own word, so it goes
// before keys in the environment, as with `--profile` of AWS's CLI; one that says nothing about
// credentials leaves them to the machine.
[[nodiscard]] std::unique_ptr<CredentialsSource>
default_chain(const Outside& outside, const std::string& profile, const std::string& region);

class CredentialsPool {
public:
    // What `outside` refers to outlives the providers.
    explicit CredentialsPool(Outside outside) : outside_{std::move(outside)} {}

    // Shared with every target of the same profile, role, external id, session name and partition
    // (keys are good in every region of a partition); kept as long as one of them holds it.
    // `region`: the target's; of several the first one's STS is asked.
    [[nodiscard]] std::shared_ptr<CredentialsProvider> keys_for(const settings::Target& target,
                                                                const std::string& region);

    // A reload: files and hosts may have others by now.
    void ask_anew();

private:
    struct Way { // how keys are come by
        std::string partition;
        std::string profile;
        std::string role_arn;
        std::string external_id;
        std::string role_session_name;
        friend auto operator<=>(const Way&, const Way&) = default;
    };
    [[nodiscard]] std::shared_ptr<CredentialsProvider> shared(Way way, const std::string& region);
    [[nodiscard]] std::unique_ptr<CredentialsSource> source_of(const Way& way,
                                                               const std::string& region);

    Outside outside_;
    std::map<Way, std::weak_ptr<CredentialsProvider>> providers_;
};

} // namespace gls::aws
