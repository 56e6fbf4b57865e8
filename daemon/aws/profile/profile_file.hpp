// The syntax of ~/.aws/config and ~/.aws/credentials: text in, named sections of properties out. A
// line that cannot be read is an error with its number; a section or property with a name that the
// SDKs do not accept is left out. Source: AWS SDKs and Tools guide, "Shared config and credentials
// files". Pure.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gls::aws {

enum class ProfileFileKind { config, credentials };

struct Property {
    std::string
        value; // continuation lines joined by '\n'; a leading '\n' where it has sub-properties
    ProfileFileKind file{ProfileFileKind::config};
};

// Names of properties are lower case.
using Section = std::map<std::string, Property, std::less<>>;
using Sections = std::map<std::string, Section, std::less<>>;

struct ProfileFile {
    Sections profiles;
    Sections sso_sessions; // config file only
    Sections services;     // config file only
};

// Errors: invalid_input, "<path>:<line>: ..." without any of the file's content.
[[nodiscard]] Result<ProfileFile> parse_profile_file(std::string_view text, ProfileFileKind kind,
                                                     std::string_view path);

// Both files as one: where both set a property, the credentials file's value counts.
[[nodiscard]] ProfileFile merged(ProfileFile config, ProfileFile credentials);

// The value, or nullopt where it is not there; an empty value is a value.
[[nodiscard]] std::optional<std::string> value_of(const Section& section, std::string_view name);

// The value of `name` among the sub-properties of `property`, as in "sts =\n  endpoint_url = ...".
[[nodiscard]] std::optional<std::string> sub_property(const Property& property,
                                                      std::string_view name);

} // namespace gls::aws
