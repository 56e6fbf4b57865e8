#include "app/forecast_text.hpp"

#include "base/duration.hpp"
#include "poll/forecast.hpp"

#include <array>
#include <cstdio>
#include <optional>

namespace gls::app {

std::string forecast_text(const settings::Settings& settings) {
    std::string text = "calls a day of each target, by the size of its fleet:\n"
                       "     listed       live  ending/min  calls a day  live every  full every\n";
    const auto every = [](const std::optional<milliseconds>& interval) {
        return interval ? duration_text(std::chrono::ceil<seconds>(*interval))
                        : std::string{"never"}; // the day's budget does not hold one
    };
    std::array<char, 240> line{};
    std::string shares;
    for (const auto& forecast : poll::forecasts_of(settings)) {
        std::snprintf(line.data(), line.size(), "%11llu%11llu%12llu%13llu %11s %11s\n",
                      static_cast<unsigned long long>(forecast.listed),
                      static_cast<unsigned long long>(forecast.live),
                      static_cast<unsigned long long>(forecast.ending_per_minute),
                      static_cast<unsigned long long>(forecast.calls_a_day),
                      every(forecast.live_interval).c_str(), every(forecast.full_interval).c_str());
        text += line.data();
        std::snprintf(line.data(), line.size(), "%s%.3g %%", shares.empty() ? "" : ", ",
                      100 * static_cast<double>(forecast.live) /
                          static_cast<double>(forecast.listed));
        shares += line.data();
    }
    const double connected = 100 * poll::connected_share;
    std::snprintf(line.data(), line.size(),
                  " of the listed are live, and of these %.3g %% CONNECTED, %.3g %% ACTIVE, "
                  "%.3g %% ACTIVATING;\n"
                  "  %.3g %% of the sessions that end have files exported; no call fails.\n",
                  connected, (100 - connected) / 2, (100 - connected) / 2,
                  100 * poll::exported_share);
    text += "assumed: " + shares + line.data();
    if (settings.inventory_interval > milliseconds{0}) {
        text +=
            "  Stream groups and applications come on top: a call for each and for each page of "
            "them, every " +
            duration_text(settings.inventory_interval) + ".\n";
    }
    return text;
}

} // namespace gls::app
