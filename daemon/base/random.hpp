// The seam for chance: jitter and identifiers. Real: a seeded engine; in tests: a fixed sequence.
#pragma once

#include <cstdint>
#include <memory>

namespace gls {

class Random {
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual double unit() = 0; // in [0, 1]
};

[[nodiscard]] std::unique_ptr<Random> system_random(); // seeded from the operating system

} // namespace gls
