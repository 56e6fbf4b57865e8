// What these settings will cost, and of which fleets that is said: for --config.check. Pure.
#pragma once

#include "settings/settings.hpp"

#include <string>

namespace gls::app {

[[nodiscard]] std::string forecast_text(const settings::Settings& settings);

} // namespace gls::app
