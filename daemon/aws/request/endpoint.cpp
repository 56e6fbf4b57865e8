#include "aws/request/endpoint.hpp"

#include "aws/request/partitions.hpp"
#include "base/ascii.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace gls::aws {

namespace {

Endpoint https_endpoint(std::string host) {
    return Endpoint{"https", std::move(host), 443, ""};
}

std::string host_of(std::string_view service, std::string_view region, std::string_view suffix) {
    std::string host{service};
    host += '.';
    host += region;
    host += '.';
    host += suffix;
    return host;
}

std::unexpected<Error> no_region() {
    return fail(
        ErrorKind::invalid_input,
        "no AWS region: set region in the settings file, AWS_REGION, or region in the profile");
}

std::unexpected<Error> bad_region(const EndpointQuestion& question) {
    return fail(ErrorKind::invalid_input,
                "\"" + question.region +
                    "\" is not an AWS region: letters, digits and hyphens are allowed");
}

// The part that both services share: a configured URL goes before every rule.
Result<ResolvedEndpoint> configured(const EndpointQuestion& question, std::string_view service) {
    if (question.use_fips) {
        return fail(ErrorKind::invalid_input,
                    "FIPS and a configured endpoint URL exclude each other: "
                    "unset AWS_USE_FIPS_ENDPOINT or the endpoint URL");
    }
    auto endpoint = parse_endpoint_url(*question.endpoint_url);
    if (!endpoint) return std::unexpected{std::move(endpoint).error()};
    return ResolvedEndpoint{std::move(*endpoint), question.region, std::string{service}};
}

// Regions whose STS calls went to the global endpoint before regional ones became the default.
constexpr std::array<std::string_view, 16> legacy_global_sts_regions{
    "ap-northeast-1", "ap-south-1",   "ap-southeast-1", "ap-southeast-2",
    "aws-global",     "ca-central-1", "eu-central-1",   "eu-north-1",
    "eu-west-1",      "eu-west-2",    "eu-west-3",      "sa-east-1",
    "us-east-1",      "us-east-2",    "us-west-1",      "us-west-2"};

std::string sts_host(const EndpointQuestion& question, const Partition& partition) {
    const std::string_view service = question.use_fips ? "sts-fips" : "sts";
    if (question.use_dual_stack)
        return host_of(service, question.region, partition.dual_stack_dns_suffix);
    if (question.use_fips && partition.name == "aws-us-gov") {
        return host_of("sts", question.region, "amazonaws.com"); // FIPS already, without saying so
    }
    return host_of(service, question.region, partition.dns_suffix);
}

bool has_only_letters_digits_and(std::string_view text, std::string_view also) {
    return std::ranges::all_of(text,
                               [&](char c) { return is_letter_or_digit(c) || also.contains(c); });
}

std::unexpected<Error> bad_url(std::string_view what) {
    // The URL itself is not repeated: people put passwords into URLs.
    return fail(ErrorKind::invalid_input, "the endpoint URL " + std::string{what} +
                                              "; it should look like https://host[:port][/path]");
}

} // namespace

bool is_valid_region(std::string_view region) noexcept {
    return !region.empty() && region.size() <= 63 && has_only_letters_digits_and(region, "-") &&
           !region.starts_with('-') && !region.ends_with('-');
}

Result<ResolvedEndpoint> gamelift_streams_endpoint(const EndpointQuestion& question) {
    if (question.endpoint_url) return configured(question, "gameliftstreams");
    if (question.region.empty()) return no_region();
    if (!is_valid_region(question.region)) return bad_region(question);
    // This service has dual-stack hosts only, so use_dual_stack changes nothing.
    std::string host =
        host_of(question.use_fips ? "gameliftstreams-fips" : "gameliftstreams", question.region,
                partition_of(question.region).dual_stack_dns_suffix);
    return ResolvedEndpoint{https_endpoint(std::move(host)), question.region, "gameliftstreams"};
}

Result<ResolvedEndpoint> sts_endpoint(const EndpointQuestion& question) {
    if (question.endpoint_url && question.use_dual_stack) {
        return fail(ErrorKind::invalid_input,
                    "dual stack and a configured endpoint URL exclude each other: "
                    "unset AWS_USE_DUALSTACK_ENDPOINT or the endpoint URL");
    }
    if (question.endpoint_url) return configured(question, "sts");
    if (question.region.empty()) return no_region();
    if (!is_valid_region(question.region)) return bad_region(question);
    const Partition& partition = partition_of(question.region);
    if ((question.use_fips && !partition.supports_fips) ||
        (question.use_dual_stack && !partition.supports_dual_stack)) {
        return fail(ErrorKind::invalid_input, "the partition of region \"" + question.region +
                                                  "\" has no FIPS or no dual-stack endpoints");
    }
    const bool plain = !question.use_fips && !question.use_dual_stack;
    const bool global =
        question.region == "aws-global" ||
        (question.use_global_sts && std::ranges::find(legacy_global_sts_regions, question.region) !=
                                        legacy_global_sts_regions.end());
    if (plain && global)
        return ResolvedEndpoint{https_endpoint("sts.amazonaws.com"), "us-east-1", "sts"};
    return ResolvedEndpoint{https_endpoint(sts_host(question, partition)), question.region, "sts"};
}

Result<Endpoint> parse_endpoint_url(std::string_view text) {
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed) return bad_url("cannot be read");
    const boost::urls::url_view& url = *parsed;
    const bool https = url.scheme_id() == boost::urls::scheme::https;
    if (!https && url.scheme_id() != boost::urls::scheme::http)
        return bad_url("needs http or https");
    if (url.has_userinfo()) return bad_url("must not hold a user or password");
    if (url.has_query() || url.has_fragment()) return bad_url("must not hold a query or fragment");

    Endpoint endpoint{https ? "https" : "http", std::string{url.host_address()},
                      static_cast<std::uint16_t>(https ? 443 : 80),
                      std::string{url.encoded_path()}};
    const bool ipv6 = url.host_type() == boost::urls::host_type::ipv6;
    // Boost 1.81 reads "10.0.0.1.example.org" as an address with the path ".example.org".
    const bool cut = !endpoint.base_path.empty() && !endpoint.base_path.starts_with('/');
    if (cut || url.host_type() == boost::urls::host_type::ipvfuture || endpoint.host.empty() ||
        endpoint.host.size() > 253 ||
        !has_only_letters_digits_and(endpoint.host, ipv6 ? ":." : "-._")) {
        return bad_url("names no usable host");
    }
    if (url.has_port()) {
        const auto port = port_of(url.port());
        if (!port) return bad_url("has a port outside 1-65535");
        endpoint.port = *port;
    }
    while (endpoint.base_path.ends_with('/'))
        endpoint.base_path.pop_back();
    return endpoint;
}

std::string url_of(const Endpoint& endpoint) {
    return endpoint.scheme + "://" + host_header(endpoint) + endpoint.base_path;
}

} // namespace gls::aws
