// Whether something that was rendered is still right. Asked for the count before rendering: as long
// as it stays the same, nothing has changed since. Any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace gls::metrics {

class Changes {
public:
    void note() noexcept { count_.fetch_add(1, std::memory_order_release); } // after the change
    [[nodiscard]] std::uint64_t count() const noexcept {
        return count_.load(std::memory_order_acquire);
    }

private:
    std::atomic<std::uint64_t> count_{0};
};

} // namespace gls::metrics
