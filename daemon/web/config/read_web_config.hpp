// Text of the web configuration file to values; strict, every problem at once, with its place.
// Pure.
#pragma once

#include "settings/check.hpp"
#include "settings/problem.hpp"
#include "web/config/web_config.hpp"

#include <expected>
#include <string_view>

namespace gls::web {

// An empty file is plain HTTP without users. Hashes, keys and passwords are in no message.
[[nodiscard]] std::expected<WebConfig, settings::Problems> read_web_config(std::string_view text);

// What only the files tell that a good `text` names, each at the place in it that names the file.
[[nodiscard]] settings::Problems placed(std::string_view text, const settings::Findings& findings);

} // namespace gls::web
