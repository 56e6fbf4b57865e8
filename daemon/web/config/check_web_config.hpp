// Every rule about values of the web configuration that have the right type. Pure.
#pragma once

#include "settings/check.hpp"
#include "web/config/web_config.hpp"

namespace gls::web {

[[nodiscard]] settings::Findings check(const WebConfig& config); // empty: all is well

} // namespace gls::web
