// The service's limit: a token bucket for each operation, account and region, filled by steady
// time. A call over it costs nothing and is answered with ThrottlingException. Pure.
#pragma once

#include "simulator/session.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace gls::simulator {

class RateLimit {
public:
    explicit RateLimit(double per_second) : every_{per_second, per_second} {}

    struct Limit {
        double per_second; // 0 = none
        double burst;
    };
    // For one operation, or for all ("*"), from now on.
    void set(const std::string& operation, Limit limit) {
        if (operation == "*") {
            every_ = limit;
            special_.clear();
        } else {
            special_[operation] = limit;
        }
        buckets_.clear();
    }

    [[nodiscard]] bool admits(const std::string& operation, const std::string& owner,
                              Millis steady) {
        const auto found = special_.find(operation);
        const auto limit = found == special_.end() ? every_ : found->second;
        if (limit.per_second <= 0) return true;
        const auto burst = std::max(1.0, limit.burst);
        auto& bucket =
            buckets_.try_emplace(operation + '/' + owner, Bucket{burst, steady}).first->second;
        bucket.tokens =
            std::min(burst, bucket.tokens + static_cast<double>(steady - bucket.filled) / 1000 *
                                                limit.per_second);
        bucket.filled = steady;
        if (bucket.tokens < 1) return false;
        bucket.tokens -= 1;
        return true;
    }

private:
    struct Bucket {
        double tokens;
        Millis filled;
    };
    Limit every_;
    std::map<std::string, Limit> special_;
    std::map<std::string, Bucket> buckets_;
};

} // namespace gls::simulator
