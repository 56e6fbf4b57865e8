// What the shared config and credentials files say for one target: where they are, which profile is
// chosen, and the settings that every AWS tool reads from it. The files are read anew at each load,
// so that an edit counts at the next refresh. Source: AWS SDKs and Tools guide, "Location of the
// shared files", "AWS Region", "Custom CA bundle".
#pragma once

#include "aws/profile/profile_file.hpp"
#include "aws/request/configured_endpoint.hpp"
#include "base/env.hpp"
#include "base/files.hpp"
#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls::aws {

struct FileLocations {
    std::string config;      // "" where neither AWS_CONFIG_FILE nor HOME is set
    std::string credentials; // "" likewise
};

struct SharedConfig {
    FileLocations locations;
    ProfileFile files;
    std::string profile;   // the name in force; "default" where nothing names one
    std::string chosen_by; // "profile" (the setting), AWS_PROFILE, ...; "" where nothing names one

    [[nodiscard]] const Section* selected() const; // null where no file has the profile
    [[nodiscard]] Values values() const;           // of the selected profile; empty without one
    [[nodiscard]] ProfileEndpoints endpoints() const;
};

// A variable that is set to more than blanks, trimmed: AWS's tools treat a blank one as unset.
[[nodiscard]] std::optional<std::string> variable(const Env& env, std::string_view name);

[[nodiscard]] FileLocations file_locations(const Env& env);

// `profile` is the target's setting, "" = none. A missing file counts as an empty one. Errors:
// invalid_input, with the file and the line.
[[nodiscard]] Result<SharedConfig> load_shared_config(const Env& env, const Files& files,
                                                      std::string_view profile);

// The setting, AWS_REGION, AWS_DEFAULT_REGION, the profile's region; "" where none is set (IMDS
// knows).
[[nodiscard]] std::string configured_region(std::string_view setting, const Env& env,
                                            const SharedConfig& config);

// AWS_CA_BUNDLE or the profile's ca_bundle; "" = the system's store.
[[nodiscard]] std::string configured_ca_bundle(const Env& env, const SharedConfig& config);

// "profile [name] of <config path>": where a message sends the reader.
[[nodiscard]] std::string place_of(const SharedConfig& config, std::string_view profile);

} // namespace gls::aws
