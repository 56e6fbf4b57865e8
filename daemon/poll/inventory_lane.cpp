#include "poll/inventory_lane.hpp"

#include "poll/schedule.hpp"
#include "streams/list_inventory.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace gls::poll {

namespace {

// Settings and budget may change while the lane waits, so no wait is longer than this.
constexpr milliseconds longest_wait = std::chrono::seconds{15};
constexpr milliseconds first_retry = std::chrono::seconds{30};

// The border where a bug of ours becomes a failed reading instead of the end of the process.
Task<Result<streams::Inventory>> guarded_reading(aws::Api& api) {
    try {
        co_return co_await streams::list_inventory(api);
    } catch (const std::exception& escaped) {
        co_return fail(ErrorKind::malformed,
                       std::string{"a bug, please report it: "} + escaped.what());
    }
}

milliseconds stretched(const InventorySituation& s) {
    if (!s.budget || s.budget->calls == 0) return s.interval;
    const auto left = static_cast<std::int64_t>(s.budget->calls);
    const auto wanted = static_cast<std::int64_t>(s.calls * share_of_others);
    return std::max(s.interval, s.budget->until_reset * wanted / left);
}

SteadyTime due_of(const InventorySituation& s, milliseconds interval, SteadyTime now) {
    if (!s.begun) return now;
    const SteadyTime regular = *s.begun + interval;
    if (s.failures == 0 || !s.ended || interval > s.interval) return regular;
    return std::min(regular, *s.ended + retry_pause(s.failures, first_retry, interval));
}

} // namespace

InventoryStep next_inventory(const InventorySituation& s, SteadyTime now) {
    InventoryStep step;
    step.wait = longest_wait;
    if (s.interval == milliseconds{0}) return step;
    step.interval = stretched(s);
    if (s.budget && s.budget->calls < s.calls * share_of_others) return step;
    const auto due = due_of(s, step.interval, now);
    step.start = due <= now;
    const auto wait = std::chrono::ceil<milliseconds>(due - now);
    step.wait = std::clamp(wait, milliseconds{1}, longest_wait);
    return step;
}

InventoryLane::InventoryLane(InventoryParts parts, std::string target, milliseconds interval)
    : parts_{parts}, interval_{interval}, failures_{parts.log, std::move(target)},
      calls_{streams::calls_for({})} {}

Task<> InventoryLane::run() {
    parts_.budget.shared_with(calls_, interval_);
    for (;;) {
        const InventoryStep step = next_inventory(situation(), parts_.clock.steady_now());
        if (step.start) {
            const bool goes_on = co_await read(step.interval);
            if (!goes_on) co_return;
        } else {
            const bool slept = co_await parts_.clock.sleep_for(step.wait);
            if (!slept) co_return;
        }
    }
}

InventorySituation InventoryLane::situation() const {
    InventorySituation situation;
    situation.interval = interval_;
    situation.begun = begun_;
    situation.ended = ended_;
    situation.failures = failed_in_a_row_;
    situation.calls = calls_;
    situation.budget = parts_.budget.left(parts_.clock.now(), parts_.poller.reserved());
    return situation;
}

Task<bool> InventoryLane::read(milliseconds interval) {
    begun_ = parts_.clock.steady_now();
    const SetAside for_this{parts_.budget, calls_};
    auto picture = std::make_shared<InventoryPicture>();
    picture->as_of = parts_.clock.now();
    Result<streams::Inventory> inventory = co_await guarded_reading(parts_.api);
    ended_ = parts_.clock.steady_now();
    if (!inventory) {
        if (inventory.error().kind == ErrorKind::cancelled) co_return false;
        ++failed_in_a_row_;
        parts_.observer.inventory_failed(reason_of(inventory.error().kind));
        failures_.failed("inventory", inventory.error());
        co_return true;
    }
    failed_in_a_row_ = 0;
    failures_.went_well("inventory");
    calls_ = streams::calls_for(*inventory);
    parts_.budget.shared_with(calls_, interval_);
    took_ = std::chrono::ceil<milliseconds>(*ended_ - *begun_);
    picture->interval = std::max(interval, took_);
    picture->inventory = std::move(*inventory);
    // Switched off meanwhile: then nobody wants to see it.
    if (interval_ != milliseconds{0}) show(std::move(picture));
    co_return true;
}

void InventoryLane::configure(milliseconds interval) {
    if (interval == std::exchange(interval_, interval)) return;
    parts_.budget.shared_with(calls_, interval_);
    if (interval == milliseconds{0}) return show(nullptr);
    if (!shown_) return;
    // Its age is measured against the interval in force from now on.
    auto picture = std::make_shared<InventoryPicture>(*shown_);
    const InventoryStep step = next_inventory(situation(), parts_.clock.steady_now());
    picture->interval = std::max(step.interval, took_);
    show(std::move(picture));
}

void InventoryLane::show(std::shared_ptr<const InventoryPicture> picture) {
    shown_ = std::move(picture);
    parts_.poller.show(shown_);
}

} // namespace gls::poll
