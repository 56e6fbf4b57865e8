#include "aws/profile/shared_config.hpp"

#include "base/ascii.hpp"

#include <array>
#include <utility>

namespace gls::aws {
namespace {

// The home folder only ever comes from HOME here: a daemon's user database entry may well point
// elsewhere than the files its unit file provides.
std::string location(const Env& env, std::string_view name, std::string_view below_home) {
    const auto home = variable(env, "HOME");
    auto path = variable(env, name);
    if (!path) return home ? *home + std::string{below_home} : std::string{};
    if (path->starts_with("~/") && home) return *home + path->substr(1);
    return *path;
}

Result<ProfileFile> read_file(const Files& files, const std::string& path, ProfileFileKind kind) {
    if (path.empty()) return ProfileFile{};
    auto text = files.read(path);
    if (!text && text.error().kind == ErrorKind::not_found) return ProfileFile{};
    if (!text) return std::unexpected{std::move(text.error())};
    return parse_profile_file(*text, kind, path);
}

Values values_of(const Section& section) {
    Values values;
    for (const auto& [name, property] : section)
        values.emplace(name, property.value);
    return values;
}

// "sts =\n  endpoint_url = ..." as service id -> keys.
std::map<std::string, Values> service_values(const Section& section) {
    std::map<std::string, Values> services;
    for (const auto& [service, property] : section) {
        if (auto url = sub_property(property, "endpoint_url")) {
            services[service].emplace("endpoint_url", std::move(*url));
        }
    }
    return services;
}

} // namespace

const Section* SharedConfig::selected() const {
    const auto found = files.profiles.find(profile);
    return found == files.profiles.end() ? nullptr : &found->second;
}

Values SharedConfig::values() const {
    const Section* section = selected();
    return section == nullptr ? Values{} : values_of(*section);
}

ProfileEndpoints SharedConfig::endpoints() const {
    ProfileEndpoints endpoints;
    endpoints.profile = values();
    const auto name = endpoints.profile.find("services");
    if (name == endpoints.profile.end()) return endpoints;
    const auto services = files.services.find(name->second);
    if (services != files.services.end()) endpoints.services = service_values(services->second);
    return endpoints;
}

std::optional<std::string> variable(const Env& env, std::string_view name) {
    auto value = env.get(name);
    if (!value) return std::nullopt;
    const std::string_view text = trimmed(*value);
    if (text.empty()) return std::nullopt;
    return std::string{text};
}

FileLocations file_locations(const Env& env) {
    return {.config = location(env, "AWS_CONFIG_FILE", "/.aws/config"),
            .credentials = location(env, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials")};
}

Result<SharedConfig> load_shared_config(const Env& env, const Files& files,
                                        std::string_view profile) {
    SharedConfig config;
    config.profile = "default";
    if (!profile.empty()) {
        config.profile = profile;
        config.chosen_by = "profile";
    } else {
        for (const char* name : {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}) {
            auto value = variable(env, name);
            if (!value) continue;
            config.profile = std::move(*value);
            config.chosen_by = name;
            break;
        }
    }
    config.locations = file_locations(env);
    auto first = read_file(files, config.locations.config, ProfileFileKind::config);
    if (!first) return std::unexpected{std::move(first.error())};
    auto second = read_file(files, config.locations.credentials, ProfileFileKind::credentials);
    if (!second) return std::unexpected{std::move(second.error())};
    config.files = merged(std::move(*first), std::move(*second));
    return config;
}

std::string configured_region(std::string_view setting, const Env& env,
                              const SharedConfig& config) {
    if (!setting.empty()) return std::string{setting};
    for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
        if (auto value = variable(env, name)) return *value;
    }
    const Section* section = config.selected();
    return section == nullptr ? std::string{} : value_of(*section, "region").value_or("");
}

std::string configured_ca_bundle(const Env& env, const SharedConfig& config) {
    if (auto value = variable(env, "AWS_CA_BUNDLE")) return *value;
    const Section* section = config.selected();
    return section == nullptr ? std::string{} : value_of(*section, "ca_bundle").value_or("");
}

std::string place_of(const SharedConfig& config, std::string_view profile) {
    const auto& [config_path, credentials_path] = config.locations;
    std::string place = "profile [" + std::string{profile} + "]";
    if (config_path.empty() && credentials_path.empty()) return place;
    place += " of " + (config_path.empty() ? credentials_path : config_path);
    if (!config_path.empty() && !credentials_path.empty()) place += " or " + credentials_path;
    return place;
}

} // namespace gls::aws
