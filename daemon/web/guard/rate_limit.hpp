// A bucket of tokens: `burst` at once, then one in each interval. Pure.
#pragma once

#include "base/time.hpp"
#include "web/config/web_config.hpp"

#include <algorithm>
#include <optional>

namespace gls::web {

class RateLimit {
public:
    explicit RateLimit(const RateConfig& config)
        : config_{config}, tokens_{static_cast<double>(config.burst)} {}

    [[nodiscard]] const RateConfig& config() const { return config_; }
    // Takes a token if there is one. `now` never falls.
    [[nodiscard]] bool admits(SteadyTime now) {
        if (config_.interval <= milliseconds{0}) return true;
        const FineSeconds interval = config_.interval;
        if (last_) tokens_ += FineSeconds{now - *last_} / interval;
        last_ = now;
        tokens_ = std::min(tokens_, static_cast<double>(config_.burst));
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }

private:
    RateConfig config_;
    double tokens_;
    std::optional<SteadyTime> last_;
};

} // namespace gls::web
