// When credentials are renewed. In the advisory window one caller tries, and all others go on with
// the old keys; in the mandatory window callers wait for the new ones. Pure.
#pragma once

#include "base/time.hpp"

#include <optional>

namespace gls::aws {

// 5 min and 1 min ahead of expiry, as AWS's SDKs have it, and a third and a sixth of the lifetime
// where that is less, so that keys which live for seconds rotate in time too.
struct RefreshWindows {
    milliseconds advisory{0};
    milliseconds mandatory{0};
    friend bool operator==(const RefreshWindows&, const RefreshWindows&) = default;
};

// `jitter` in [0, 1] shortens the advisory window by up to a fifth, so that daemons started
// together do not renew together.
[[nodiscard]] RefreshWindows refresh_windows(milliseconds lifetime, double jitter);

enum class Freshness { fresh, advisory, mandatory, expired };

// `expires_at` none: never anything but fresh.
[[nodiscard]] Freshness freshness(std::optional<WallTime> expires_at, const RefreshWindows& windows,
                                  WallTime now);

// How long a source is left alone after its `failures`th failure in a row: 1 s doubling up to 1
// min.
[[nodiscard]] milliseconds retry_spacing(unsigned failures);

} // namespace gls::aws
