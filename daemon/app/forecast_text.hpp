// The words of a successful --config.check: what these settings will cost. Pure.
#pragma once

#include "settings/settings.hpp"

#include <string>

namespace gls::app {

[[nodiscard]] std::string forecast_text(const settings::Settings& settings);

} // namespace gls::app
