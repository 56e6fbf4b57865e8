// The settings in force: the file's, or the defaults, which watch one target from the environment.
#pragma once

#include "base/files.hpp"
#include "base/result.hpp"
#include "settings/settings.hpp"

#include <optional>
#include <string>

namespace gls::app {

// Error: invalid_input; its message has one line for each mistake, with file:line:column.
[[nodiscard]] Result<settings::Settings> load_settings(const Files& files,
                                                       const std::optional<std::string>& path);

} // namespace gls::app
