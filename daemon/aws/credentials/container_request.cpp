#include "aws/credentials/container_request.hpp"

#include "aws/profile/shared_config.hpp"
#include "base/ascii.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace gls::aws {
namespace {

constexpr const char* relative_uri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr const char* full_uri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr std::string_view ecs_agent = "169.254.170.2";
// ECS, and EKS Pod Identity over IPv4 and IPv6.
constexpr std::array agents{ecs_agent, std::string_view{"169.254.170.23"},
                            std::string_view{"fd00:ec2::23"}};

bool is_trusted_over_http(const boost::urls::url_view& url, std::string_view host) {
    if (std::ranges::find(agents, host) != agents.end() || lower_case(host) == "localhost")
        return true;
    if (url.host_type() == boost::urls::host_type::ipv4)
        return url.host_ipv4_address().is_loopback();
    return url.host_type() == boost::urls::host_type::ipv6 && url.host_ipv6_address().is_loopback();
}

std::unexpected<Error> wrong(const char* name, std::string_view what) {
    return fail(ErrorKind::credentials,
                std::string{"container: "} + name + " " + std::string{what});
}

Result<HttpRequest> relative_request(std::string uri) {
    const auto parsed = boost::urls::parse_relative_ref(uri);
    if (!uri.starts_with('/') || uri.starts_with("//") || !parsed || parsed->has_fragment()) {
        return wrong(relative_uri, "must be a path that begins with one '/'");
    }
    HttpRequest request;
    request.endpoint.scheme = "http";
    request.endpoint.host = ecs_agent;
    request.endpoint.port = 80;
    request.target = std::move(uri);
    return request;
}

Result<HttpRequest> full_request(const std::string& uri) {
    const auto url = boost::urls::parse_uri(uri);
    // Boost 1.81 reads "127.0.0.1.example.org" as an address with the path ".example.org".
    if (!url || url->host().empty() ||
        !(url->encoded_path().empty() || url->encoded_path().starts_with('/')))
        return wrong(full_uri, "must be a URL with a host, such as http://localhost/path");
    if (url->has_userinfo()) return wrong(full_uri, "must not hold a user name or password");
    const std::string scheme = lower_case(url->scheme());
    std::string host = url->host_type() == boost::urls::host_type::name
                           ? std::string{url->host()}
                           : std::string{url->host_address()};
    if (scheme != "http" && scheme != "https")
        return wrong(full_uri, "must begin with http:// or https://");
    if (scheme == "http" && !is_trusted_over_http(*url, host)) {
        return wrong(
            full_uri,
            "may use http:// only for a loopback address or the ECS and EKS agents: use https://");
    }
    if (url->has_port() && !port_of(url->port()))
        return wrong(full_uri, "has a port that is not a number from 1 to 65535");
    HttpRequest request;
    request.endpoint.scheme = scheme;
    request.endpoint.host = std::move(host);
    request.endpoint.port = url->has_port()
                                ? *port_of(url->port())
                                : static_cast<std::uint16_t>(scheme == "https" ? 443 : 80);
    request.target = std::string{url->encoded_target()};
    if (!request.target.starts_with('/')) request.target.insert(0, "/");
    return request;
}

} // namespace

Result<HttpRequest> container_request(const Env& env) {
    auto relative = variable(env, relative_uri);
    const auto full = variable(env, full_uri);
    if (!relative && !full) {
        return fail(ErrorKind::not_configured, std::string{"container: neither "} + relative_uri +
                                                   " nor " + full_uri + " is set");
    }
    auto request = relative ? relative_request(std::move(*relative)) : full_request(*full);
    if (!request) return request;
    request->headers.push_back({"Accept", "application/json"});
    request->may_use_proxy = false;
    return request;
}

} // namespace gls::aws
