// The endpoint URL that a user has configured for a service outside our settings file, in the order
// of the SDKs: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's services section, the
// profile's endpoint_url; all of it off with ignore_configured_endpoint_urls. Pure.
#pragma once

#include "aws/request/endpoint.hpp"
#include "base/env.hpp"
#include "base/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gls::aws {

using Values = std::map<std::string, std::string>;

// What the shared config file says, as far as it matters here (both empty without a profile).
struct ProfileEndpoints {
    Values profile;                         // the profile's own keys
    std::map<std::string, Values> services; // of the [services NAME] it names: service id -> keys
};

// `service_id` as in the service model: "GameLiftStreams", "STS", "SSO OIDC". The environment
// spells it GAMELIFTSTREAMS, SSO_OIDC; the services section gameliftstreams, sso_oidc.
[[nodiscard]] std::optional<std::string> configured_endpoint_url(std::string_view service_id,
                                                                 const Env& env,
                                                                 const ProfileEndpoints& profile);

// The whole question for the endpoint rules: `setting` is endpoint_url of our settings file ("" =
// none) and goes first. AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT,
// AWS_STS_REGIONAL_ENDPOINTS and their profile keys are read here. Errors: invalid_input naming the
// variable or key.
[[nodiscard]] Result<EndpointQuestion> endpoint_question(std::string_view service_id,
                                                         std::string region,
                                                         const std::string& setting, const Env& env,
                                                         const ProfileEndpoints& profile);

} // namespace gls::aws
