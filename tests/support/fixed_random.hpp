// Chance without chance: a list of values that repeats. 1.0 shows the ceiling of a jitter, 0.0 the
// floor.
#pragma once

#include "base/random.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace gls::test {

class FixedRandom final : public Random {
public:
    explicit FixedRandom(double value) : values_{value} {}
    explicit FixedRandom(std::vector<double> values) : values_{std::move(values)} {}

    double unit() override { return values_[drawn_++ % values_.size()]; }
    [[nodiscard]] std::size_t drawn() const { return drawn_; }

private:
    std::vector<double> values_;
    std::size_t drawn_{0};
};

} // namespace gls::test
