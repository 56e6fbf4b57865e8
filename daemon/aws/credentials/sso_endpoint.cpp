#include "aws/credentials/sso_endpoint.hpp"

#include "aws/request/configured_endpoint.hpp"
#include "aws/request/partitions.hpp"

#include <utility>

namespace gls::aws {

Result<ResolvedEndpoint> sso_endpoint(SsoService service, const std::string& region, const Env& env,
                                      const SharedConfig& config) {
    const bool portal = service == SsoService::portal;
    const auto question =
        endpoint_question(portal ? "SSO" : "SSO OIDC", region, "", env, config.endpoints());
    if (!question) return std::unexpected{question.error()};
    ResolvedEndpoint resolved;
    resolved.signing_region = region;
    resolved.signing_name = portal ? "awsssoportal" : "sso-oauth";
    if (question->endpoint_url) {
        auto endpoint = parse_endpoint_url(*question->endpoint_url);
        if (!endpoint) return std::unexpected{std::move(endpoint.error())};
        resolved.endpoint = std::move(*endpoint);
        return resolved;
    }
    if (!is_valid_region(region))
        return fail(ErrorKind::invalid_input, "sso_region is not a region's name");
    const Partition& partition = partition_of(region);
    std::string& host = resolved.endpoint.host;
    host = portal ? "portal.sso" : "oidc";
    // GovCloud's plain host names are FIPS endpoints already.
    const bool plain = partition.name == "aws-us-gov" && !question->use_dual_stack;
    if (question->use_fips && !plain) host += "-fips";
    host += "." + region + ".";
    host += question->use_dual_stack ? partition.dual_stack_dns_suffix : partition.dns_suffix;
    return resolved;
}

} // namespace gls::aws
