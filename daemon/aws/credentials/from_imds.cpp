#include "aws/credentials/from_imds.hpp"

#include "aws/credentials/credentials_json.hpp"
#include "aws/credentials/source_error.hpp"
#include "aws/request/endpoint.hpp"
#include "aws/text/json_object.hpp"
#include "base/ascii.hpp"
#include "base/iso8601.hpp"

#include <algorithm>
#include <utility>

namespace gls::aws {
namespace {

constexpr const char* roles_path = "/latest/meta-data/iam/security-credentials/";
constexpr const char* region_path = "/latest/meta-data/placement/region";

// Between 5 and 10 minutes until IMDS is asked again, as AWS's SDKs have it.
constexpr milliseconds shortest_extension{std::chrono::minutes{5}};

// IAM's own rule for the names of roles; what is outside it would change the path.
bool is_role_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return is_letter_or_digit(c) || std::string_view{"+=,.@_-"}.contains(c);
    });
}

bool may_pass(ErrorKind kind) {
    return kind == ErrorKind::timeout || kind == ErrorKind::connection ||
           kind == ErrorKind::server_error || kind == ErrorKind::throttled ||
           kind == ErrorKind::malformed;
}

Result<Credentials> read_role_credentials(std::string_view json) {
    const auto object = JsonObject::parse(json);
    if (!object) return std::unexpected{object.error()};
    const std::string code = object->text("Code").value_or("Success");
    if (code != "Success")
        return fail(ErrorKind::malformed, "Code is not Success: check the instance's role");
    auto credentials = parse_host_credentials(json);
    if (credentials && !credentials->expires_at)
        return fail(ErrorKind::malformed, "Expiration is missing");
    if (credentials) credentials->source = "imds";
    return credentials;
}

} // namespace

Task<Result<Credentials>> FromImds::fetch() {
    auto listed = co_await imds_.get(roles_path);
    if (!listed && listed.error().kind == ErrorKind::not_found) listed = std::string{};
    if (!listed) co_return std::unexpected{std::move(listed.error())};
    const std::string role{trimmed(std::string_view{*listed}.substr(0, listed->find('\n')))};
    if (role.empty())
        co_return fail(ErrorKind::not_configured, "IMDS: no role is attached to this instance");
    if (!is_role_name(role))
        co_return fail(ErrorKind::malformed, "IMDS: the role's name is not one");
    const auto body = co_await imds_.get(roles_path + role);
    if (!body) co_return std::unexpected{body.error()};
    auto credentials = read_role_credentials(*body);
    if (!credentials) credentials.error().message.insert(0, "IMDS: answer: ");
    co_return credentials;
}

Credentials FromImds::extended(Credentials credentials, std::string_view why) {
    const auto extra = static_cast<milliseconds::rep>(
        outside_.random.unit() * static_cast<double>(shortest_extension.count()));
    credentials.expires_at = outside_.clock.now() + shortest_extension + milliseconds{extra};
    if (!is_extended_) {
        outside_.log.warn("imds_credentials_extended",
                          {{"reason", why}, {"until", iso8601(*credentials.expires_at)}});
    }
    is_extended_ = true;
    return credentials;
}

Task<Result<Credentials>> FromImds::load() {
    auto fetched = co_await fetch();
    if (!fetched) {
        if (last_ && may_pass(fetched.error().kind))
            co_return extended(*last_, fetched.error().message);
        if (fetched.error().kind == ErrorKind::not_configured) co_return fetched;
        auto& error = fetched.error();
        if (!may_pass(error.kind) || error.kind == ErrorKind::malformed) {
            if (error.kind != ErrorKind::cancelled) error.kind = ErrorKind::credentials;
        }
        co_return fetched;
    }
    last_ = *fetched;
    if (*fetched->expires_at <= outside_.clock.now()) {
        co_return extended(std::move(*fetched), "IMDS gave keys that have expired");
    }
    is_extended_ = false;
    co_return fetched;
}

Task<Result<std::string>> region_of_instance(Outside outside, std::string profile) {
    ImdsClient imds{std::move(outside), std::move(profile)};
    auto region = co_await imds.get(region_path);
    if (!region) co_return region;
    std::string name{trimmed(*region)};
    if (!is_valid_region(name))
        co_return fail(ErrorKind::malformed, "IMDS: the region is not a region's name");
    co_return name;
}

} // namespace gls::aws
