#include "app/forecast_text.hpp"

#include "base/duration.hpp"
#include "poll/forecast.hpp"

#include <array>
#include <cstdio>

namespace gls::app {

std::string forecast_text(const settings::Settings& settings) {
    const auto targets = settings.targets.size();
    std::string text = "the settings are good: " + std::to_string(targets) +
                       (targets == 1 ? " target" : " targets") +
                       "\ncalls a day of each target, by the size of its fleet:\n"
                       "     listed       live  ending/min  calls a day  live every  full every\n";
    for (const auto& forecast : poll::forecasts_of(settings)) {
        std::array<char, 160> line{};
        std::snprintf(line.data(), line.size(), "%11llu%11llu%12llu%13llu%12s%12s\n",
                      static_cast<unsigned long long>(forecast.listed),
                      static_cast<unsigned long long>(forecast.live),
                      static_cast<unsigned long long>(forecast.ending_per_minute),
                      static_cast<unsigned long long>(forecast.calls_a_day),
                      duration_text(std::chrono::ceil<seconds>(forecast.live_interval)).c_str(),
                      duration_text(std::chrono::ceil<seconds>(forecast.full_interval)).c_str());
        text += line.data();
    }
    return text;
}

} // namespace gls::app
