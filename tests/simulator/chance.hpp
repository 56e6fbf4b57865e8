// Seeded chance that gives the same numbers on every machine (the distributions of <random> do
// not). SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
#pragma once

#include <cmath>
#include <cstdint>

namespace gls::simulator {

[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

class Chance {
public:
    explicit constexpr Chance(std::uint64_t seed) : state_(mixed(seed)) {}

    constexpr std::uint64_t next() { return mixed(state_ += 0x9e3779b97f4a7c15U); }
    constexpr double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; } // [0, 1)
    constexpr std::uint32_t below(std::uint32_t limit) {                             // limit > 0
        return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U);
    }
    constexpr bool comes_up(double probability) { return unit() < probability; }
    double exponential(double mean) { return -mean * std::log1p(-unit()); }

private:
    std::uint64_t state_;
};

} // namespace gls::simulator
