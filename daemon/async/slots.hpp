// At most so many at once, first come first served: a counting semaphore for coroutines of one
// io_context.
#pragma once

#include "base/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <list>
#include <utility>

namespace gls {

class Slots;

// A place that is held; given back when it goes. Empty if the wait for it was cancelled.
class Slot {
public:
    Slot() = default;
    explicit Slot(Slots& slots) : slots_{&slots} {}
    Slot(Slot&& other) noexcept : slots_{std::exchange(other.slots_, nullptr)} {}
    Slot& operator=(Slot&& other) noexcept {
        std::swap(slots_, other.slots_);
        return *this;
    }
    ~Slot();
    explicit operator bool() const noexcept { return slots_ != nullptr; }

private:
    Slots* slots_{nullptr};
};

class Slots { // outlives its slots and its waiters
public:
    Slots(boost::asio::any_io_executor executor, std::size_t count)
        : executor_{std::move(executor)}, free_{count} {}

    [[nodiscard]] Task<Slot> take(); // an empty slot if cancelled
    [[nodiscard]] Slot try_take();   // an empty slot if there is none free
    [[nodiscard]] std::size_t free() const { return free_; }
    [[nodiscard]] std::size_t waiting() const { return waiters_.size(); }

private:
    friend class Slot;
    struct Waiter {
        boost::asio::steady_timer never; // does not expire by itself
        bool served{false};
    };
    void give_back() noexcept;

    boost::asio::any_io_executor executor_;
    std::size_t free_;
    std::list<Waiter> waiters_;
};

} // namespace gls
