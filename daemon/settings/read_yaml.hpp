// The text of a settings file to Settings, or everything that is wrong with it: syntax, keys,
// types, ranges and the rules between keys, each with its place, all at once. Pure.
#pragma once

#include "settings/problem.hpp"
#include "settings/settings.hpp"

#include <expected>
#include <string_view>

namespace gls::settings {

// An empty text means the defaults. Problems come in the order of their places and are never empty.
[[nodiscard]] std::expected<Settings, Problems> read_yaml(std::string_view text);

} // namespace gls::settings
