#include "aws/retry/retry_settings.hpp"

#include <charconv>
#include <string_view>

namespace gls::aws {

namespace {

struct Found {
    std::string value;
    std::string name; // for the error text
};

std::optional<Found> find(const Env& env, std::string_view variable,
                          const std::map<std::string, std::string>& profile,
                          const std::string& key) {
    if (auto value = env.get(variable); value && !value->empty()) {
        return Found{std::move(*value), std::string{variable}};
    }
    if (const auto found = profile.find(key); found != profile.end() && !found->second.empty()) {
        return Found{found->second, key + " of the profile"};
    }
    return std::nullopt;
}

} // namespace

Result<RetrySettings> retry_settings(std::optional<std::uint32_t> configured_attempts,
                                     const Env& env,
                                     const std::map<std::string, std::string>& profile) {
    RetrySettings settings;
    if (const auto mode = find(env, "AWS_RETRY_MODE", profile, "retry_mode")) {
        if (mode->value == "standard" || mode->value == "legacy") {
            settings.mode = RetryMode::standard;
        } else if (mode->value != "adaptive") {
            return fail(ErrorKind::invalid_input,
                        mode->name + " must be adaptive, standard or legacy");
        }
    }
    if (configured_attempts) {
        settings.max_attempts = *configured_attempts;
    } else if (const auto attempts = find(env, "AWS_MAX_ATTEMPTS", profile, "max_attempts")) {
        const char* const end = attempts->value.data() + attempts->value.size();
        const auto [stop, fault] =
            std::from_chars(attempts->value.data(), end, settings.max_attempts);
        if (fault != std::errc{} || stop != end || settings.max_attempts == 0 ||
            settings.max_attempts > 100) {
            return fail(ErrorKind::invalid_input,
                        attempts->name + " must be a whole number from 1 to 100");
        }
    }
    return settings;
}

} // namespace gls::aws
