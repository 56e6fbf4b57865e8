// What the routes and the page know of this daemon beside its pictures. Pure.
#pragma once

#include "base/time.hpp"
#include "metrics/own.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace gls::web {

struct Site {
    std::string telemetry_path{"/metrics"};
    bool lifecycle_enabled{false};
    std::size_t max_scrapes{40};
    metrics::Build build{};
    WallTime started{};
    std::function<std::string()>
        settings_text{}; // for /config, secrets hidden; empty: no such path
};

} // namespace gls::web
