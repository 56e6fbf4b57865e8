// The paths of all keys, and what to say about one that is not among them. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gls::settings {

// "targets[].name", "sweep", "sweep.live_interval", ...: in the file's order.
[[nodiscard]] const std::vector<std::string>& known_keys();

// The message: the nearest of `siblings`, else where such a key belongs, else the siblings
// themselves.
[[nodiscard]] std::string unknown_key(std::string_view key, std::span<const std::string> siblings);

// The key as part of a problem's path: as it is where it looks like one, else quoted and cut.
[[nodiscard]] std::string shown_key(std::string_view key);

} // namespace gls::settings
