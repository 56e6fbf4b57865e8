// Any text as a shared config or credentials file: read or refused, and what is read survives a
// merge.
#include "aws/profile/profile_file.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gls::aws;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    auto config = parse_profile_file(text, ProfileFileKind::config, "config");
    auto credentials = parse_profile_file(text, ProfileFileKind::credentials, "credentials");
    if (!config || !credentials) return 0;
    const auto both = merged(*config, *credentials);
    // No profile of either file is lost.
    if (both.profiles.size() < config->profiles.size()) __builtin_trap();
    if (both.profiles.size() < credentials->profiles.size()) __builtin_trap();
    return 0;
}
