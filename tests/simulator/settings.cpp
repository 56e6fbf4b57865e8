#include "simulator/settings.hpp"

namespace gls::simulator {

std::string fault_of(const FleetSizes& sizes) {
    const auto share = [](double value) { return value >= 0 && value <= 1; };
    if (sizes.groups < 1 || sizes.groups > 1000) return "groups must be from 1 to 1000";
    if (sizes.applications < 1 || sizes.applications > 1000)
        return "applications must be from 1 to 1000";
    if (sizes.locations < 1 || sizes.locations > 200) return "locations must be from 1 to 200";
    if (sizes.live > sizes.sessions) return "live must not exceed sessions";
    if (sizes.sessions > 20'000'000) return "sessions must not exceed 20000000";
    if (!share(sizes.export_share) || !share(sizes.error_share) || !share(sizes.diurnal))
        return "shares must be from 0 to 1";
    if (!(sizes.ending_per_minute >= 0) || !(sizes.retention_seconds >= 0))
        return "ending-per-minute and retention must not be negative";
    return {};
}

} // namespace gls::simulator
