// Settings as the YAML that read_yaml takes, every key spelled out. Secrets are hidden, and
// read_yaml refuses what stands in their place, so that a printed file is never run with by
// accident. Pure.
#pragma once

#include "settings/settings.hpp"

#include <string>
#include <string_view>

namespace gls::settings {

// Hidden: external_id, because whoever knows it can have the role assumed in this account's name
// (the confused deputy that it exists to stop), and a user or password within a URL.
inline constexpr std::string_view hidden{"<secret>"};

// Reads back equal where nothing is hidden. Keys that are left to their default in words are
// comments.
[[nodiscard]] std::string print_yaml(Settings settings);

} // namespace gls::settings
