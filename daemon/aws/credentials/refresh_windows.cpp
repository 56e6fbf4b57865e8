#include "aws/credentials/refresh_windows.hpp"

#include <algorithm>

namespace gls::aws {

RefreshWindows refresh_windows(milliseconds lifetime, double jitter) {
    constexpr milliseconds longest_advisory{std::chrono::minutes{5}};
    constexpr milliseconds longest_mandatory{std::chrono::minutes{1}};
    const milliseconds advisory = std::clamp(lifetime / 3, milliseconds{0}, longest_advisory);
    const auto shortened = static_cast<double>(advisory.count()) * (1.0 - 0.2 * jitter);
    return {.advisory = milliseconds{static_cast<milliseconds::rep>(shortened)},
            .mandatory = std::clamp(lifetime / 6, milliseconds{0}, longest_mandatory)};
}

Freshness freshness(std::optional<WallTime> expires_at, const RefreshWindows& windows,
                    WallTime now) {
    if (!expires_at) return Freshness::fresh;
    if (now >= *expires_at) return Freshness::expired;
    if (now >= *expires_at - windows.mandatory) return Freshness::mandatory;
    if (now >= *expires_at - windows.advisory) return Freshness::advisory;
    return Freshness::fresh;
}

milliseconds retry_spacing(unsigned failures) {
    constexpr milliseconds longest{std::chrono::minutes{1}};
    constexpr unsigned doublings = 6; // 2^6 s is past a minute
    if (failures == 0) return milliseconds{0};
    return std::min(longest, milliseconds{1000} * (1U << std::min(failures - 1, doublings)));
}

} // namespace gls::aws
