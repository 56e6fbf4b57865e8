// The only thing that crosses from polling to serving: the current picture of each target,
// immutable and swapped in whole. Any thread may publish or read.
#pragma once

#include "poll/target_status.hpp"
#include "state/snapshot.hpp"
#include "streams/inventory.hpp"

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace gls::poll {

struct InventoryPicture {
    WallTime as_of{};         // first call of the reading
    milliseconds interval{0}; // in force; past three of them it is withdrawn
    streams::Inventory inventory{};
};

struct Picture {
    TargetIdentity target;
    TargetStatus status;
    std::shared_ptr<const state::Snapshot> snapshot;   // null until a sweep has succeeded
    std::shared_ptr<const InventoryPicture> inventory; // null until a reading has; or it is off
};
using Pictures = std::vector<std::shared_ptr<const Picture>>; // in the settings' order

class Board {
public:
    explicit Board(Pictures pictures = {}) { arrange(std::move(pictures)); }
    // The targets from now on: one picture for each, a first one where no sweep has ended.
    void arrange(Pictures pictures);
    // Takes the place of that target's last picture, found by the target's name. A target that is
    // not on the board, because a reload has removed it, is not brought back.
    void publish(std::shared_ptr<const Picture> picture);
    [[nodiscard]] std::shared_ptr<const Pictures> current() const;

private:
    // A mutex held for one pointer copy: std::atomic<std::shared_ptr> of GCC 12 is a lock as well,
    // and one that ThreadSanitizer does not understand.
    mutable std::mutex mutex_;
    std::shared_ptr<const Pictures> pictures_;
};

} // namespace gls::poll
