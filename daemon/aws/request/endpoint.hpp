// Where calls go: the endpoint rules of GameLift Streams and of STS as pure functions, and URLs of
// users as endpoints. Source: the services' published endpoint rule sets.
#pragma once

#include "aws/http_message.hpp"
#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls::aws {

struct EndpointQuestion {
    std::string region;                      // "" = not set
    std::optional<std::string> endpoint_url; // configured by the user: goes before every rule
    bool use_fips{false};
    bool use_dual_stack{false};
    bool use_global_sts{false}; // STS's legacy global endpoint for the regions that had it
};

struct ResolvedEndpoint {
    Endpoint endpoint;
    std::string signing_region; // "" only with a configured URL and no region
    std::string signing_name;   // gameliftstreams, sts
};

// Errors: invalid_input, with what to set.
[[nodiscard]] Result<ResolvedEndpoint> gamelift_streams_endpoint(const EndpointQuestion& question);
[[nodiscard]] Result<ResolvedEndpoint> sts_endpoint(const EndpointQuestion& question);

// http or https, host, optional port and path; no user, query or fragment. Errors: invalid_input.
[[nodiscard]] Result<Endpoint> parse_endpoint_url(std::string_view url);
[[nodiscard]] std::string url_of(const Endpoint& endpoint); // https://host[:port][/path]

// A region ends up in a host name: letters, digits and hyphens, at most 63.
[[nodiscard]] bool is_valid_region(std::string_view region) noexcept;

} // namespace gls::aws
