#include "simulator/time_source.hpp"

#include <chrono>

namespace gls::simulator {

namespace {

class SystemTime final : public TimeSource {
public:
    [[nodiscard]] Millis wall() const override {
        return in_millis(std::chrono::system_clock::now().time_since_epoch());
    }
    [[nodiscard]] Millis steady() const override {
        return in_millis(std::chrono::steady_clock::now().time_since_epoch());
    }

private:
    template <typename Duration>
    static Millis in_millis(Duration duration) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    }
};

} // namespace

std::unique_ptr<TimeSource> system_time() {
    return std::make_unique<SystemTime>();
}

} // namespace gls::simulator
