#include "aws/request/configured_endpoint.hpp"

#include "base/ascii.hpp"

#include <utility>

namespace gls::aws {

namespace {

constexpr char upper_case(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
constexpr char lower(char c) noexcept {
    return lower_case(c);
} // one of the overloads

std::string spelled(std::string_view service_id, char (*letter)(char)) {
    std::string out;
    for (const char c : service_id)
        out += c == ' ' || c == '-' ? '_' : letter(c);
    return out;
}

// A blank variable counts as unset, as in the SDKs.
std::optional<std::string> variable(const Env& env, std::string_view name) {
    auto value = env.get(name);
    if (value && trimmed(*value).empty()) return std::nullopt;
    return value;
}

std::optional<std::string> key(const Values& values, const std::string& name) {
    const auto found = values.find(name);
    if (found == values.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

bool is_true(const std::optional<std::string>& text) {
    return text && lower_case(*text) == "true";
}

// The variable goes before the profile's key.
Result<bool> flag(const Env& env, std::string_view variable_name, const Values& profile,
                  const std::string& key_name) {
    const auto from_env = variable(env, variable_name);
    const auto text = from_env ? from_env : key(profile, key_name);
    if (!text) return false;
    const std::string value = lower_case(*text);
    if (value == "true") return true;
    if (value == "false") return false;
    return fail(ErrorKind::invalid_input,
                (from_env ? std::string{variable_name} : key_name + " of the profile") +
                    " must be true or false");
}

} // namespace

std::optional<std::string> configured_endpoint_url(std::string_view service_id, const Env& env,
                                                   const ProfileEndpoints& profile) {
    const auto ignore_variable = variable(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    if (is_true(ignore_variable ? ignore_variable
                                : key(profile.profile, "ignore_configured_endpoint_urls"))) {
        return std::nullopt;
    }
    if (auto url = variable(env, "AWS_ENDPOINT_URL_" + spelled(service_id, upper_case))) return url;
    if (auto url = variable(env, "AWS_ENDPOINT_URL")) return url;
    if (const auto service = profile.services.find(spelled(service_id, lower));
        service != profile.services.end()) {
        if (auto url = key(service->second, "endpoint_url")) return url;
    }
    return key(profile.profile, "endpoint_url");
}

Result<EndpointQuestion> endpoint_question(std::string_view service_id, std::string region,
                                           const std::string& setting, const Env& env,
                                           const ProfileEndpoints& profile) {
    EndpointQuestion question;
    question.region = std::move(region);
    question.endpoint_url =
        setting.empty() ? configured_endpoint_url(service_id, env, profile) : setting;

    const auto fips = flag(env, "AWS_USE_FIPS_ENDPOINT", profile.profile, "use_fips_endpoint");
    if (!fips) return std::unexpected{fips.error()};
    question.use_fips = *fips;
    const auto dual =
        flag(env, "AWS_USE_DUALSTACK_ENDPOINT", profile.profile, "use_dualstack_endpoint");
    if (!dual) return std::unexpected{dual.error()};
    question.use_dual_stack = *dual;

    // "legacy" or "regional"; regional is every SDK's default since 2025.
    const auto sts = variable(env, "AWS_STS_REGIONAL_ENDPOINTS");
    const auto mode = sts ? sts : key(profile.profile, "sts_regional_endpoints");
    question.use_global_sts = mode && lower_case(*mode) == "legacy";
    return question;
}

} // namespace gls::aws
