#include "base/random.hpp"

#include <limits>
#include <random>

namespace gls {
namespace {

class SystemRandom final : public Random {
public:
    double unit() override { return distribution_(engine_); }

private:
    static std::mt19937_64 seeded() {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64{seed};
    }

    std::mt19937_64 engine_{seeded()};
    // The standard's interval is half-open; the next double after 1 closes it.
    std::uniform_real_distribution<double> distribution_{
        0.0, 1.0 + std::numeric_limits<double>::epsilon()};
};

} // namespace

std::unique_ptr<Random> system_random() {
    return std::make_unique<SystemRandom>();
}

} // namespace gls
