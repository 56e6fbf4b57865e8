#include "aws/credentials/imds_settings.hpp"

#include "aws/request/endpoint.hpp"
#include "base/ascii.hpp"

#include <charconv>
#include <string_view>
#include <utility>

namespace gls::aws {
namespace {

constexpr std::string_view ipv4_endpoint = "http://169.254.169.254";
constexpr std::string_view ipv6_endpoint = "http://[fd00:ec2::254]";

struct Setting {
    std::string value;
    std::string name; // of the variable or key, for messages
};

// The variable, else the profile's key.
std::optional<Setting> setting(const Env& env, const SharedConfig& config, const char* name,
                               const char* key) {
    if (auto value = variable(env, name)) return Setting{std::move(*value), name};
    const Section* section = config.selected();
    auto value = section == nullptr ? std::nullopt : value_of(*section, key);
    if (!value || value->empty()) return std::nullopt;
    return Setting{std::move(*value), place_of(config, config.profile) + ": " + key};
}

std::unexpected<Error> wrong(const Setting& setting, std::string_view what) {
    return fail(ErrorKind::credentials, "IMDS: " + setting.name + " " + std::string{what});
}

Result<Endpoint> endpoint_of(const Setting& setting) {
    auto endpoint = parse_endpoint_url(setting.value);
    if (!endpoint) return wrong(setting, "must be a URL such as http://169.254.169.254");
    return endpoint;
}

Result<Endpoint> endpoint_of_mode(const Setting& setting) {
    const std::string mode = lower_case(setting.value);
    if (mode == "ipv4") return parse_endpoint_url(ipv4_endpoint);
    if (mode == "ipv6") return parse_endpoint_url(ipv6_endpoint);
    return wrong(setting, "must be IPv4 or IPv6");
}

Result<Endpoint> chosen_endpoint(const Env& env, const SharedConfig& config,
                                 const ImdsWishes& wishes) {
    if (wishes.endpoint) return endpoint_of({*wishes.endpoint, "the endpoint asked for"});
    if (const auto url = setting(env, config, "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                                 "ec2_metadata_service_endpoint")) {
        return endpoint_of(*url);
    }
    if (wishes.mode) return endpoint_of_mode({*wishes.mode, "the endpoint mode asked for"});
    if (const auto mode = setting(env, config, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
                                  "ec2_metadata_service_endpoint_mode")) {
        return endpoint_of_mode(*mode);
    }
    return parse_endpoint_url(ipv4_endpoint);
}

Result<unsigned> count_of(const std::optional<Setting>& setting, unsigned otherwise,
                          unsigned most) {
    if (!setting) return otherwise;
    unsigned count = 0;
    const char* const end = setting->value.data() + setting->value.size();
    const auto [stop, error] = std::from_chars(setting->value.data(), end, count);
    if (error != std::errc{} || stop != end || count == 0 || count > most) {
        return wrong(*setting, "must be a whole number from 1 to " + std::to_string(most));
    }
    return count;
}

} // namespace

Result<ImdsSettings> imds_settings(const Env& env, const SharedConfig& config,
                                   const ImdsWishes& wishes) {
    if (lower_case(variable(env, "AWS_EC2_METADATA_DISABLED").value_or("")) == "true") {
        return fail(ErrorKind::not_configured, "IMDS: AWS_EC2_METADATA_DISABLED is true");
    }
    ImdsSettings settings;
    auto endpoint = chosen_endpoint(env, config, wishes);
    if (!endpoint) return std::unexpected{std::move(endpoint.error())};
    settings.endpoint = std::move(*endpoint);
    const auto timeout = count_of(
        setting(env, config, "AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"), 1, 60);
    if (!timeout) return std::unexpected{timeout.error()};
    settings.timeout = seconds{*timeout};
    const auto attempts = count_of(
        setting(env, config, "AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"),
        3, 10);
    if (!attempts) return std::unexpected{attempts.error()};
    settings.attempts = *attempts;
    const auto version_1 =
        setting(env, config, "AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled");
    settings.may_use_version_1 = version_1 && lower_case(version_1->value) == "false";
    return settings;
}

} // namespace gls::aws
