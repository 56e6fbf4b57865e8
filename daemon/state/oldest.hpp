// The oldest CreatedAt and LastUpdatedAt of each status and location, exact. A session that joins
// costs one comparison; only where the oldest one itself leaves has its slot to be counted anew.
// Pure.
#pragma once

#include "state/entry.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace gls::state {

class Oldest {
public:
    void joins(const Cell& cell, const Entry& entry);
    void leaves(const Cell& cell, const Entry& entry);

    // Slots that have lost their oldest: of live statuses, of the others.
    [[nodiscard]] bool live_stale() const noexcept { return live_stale_; }
    [[nodiscard]] bool others_stale() const noexcept { return others_stale_; }
    // begin_recount(), then recount() of every counted session of those statuses, then
    // end_recount().
    void begin_recount();
    void recount(const Cell& cell, const Entry& entry); // does nothing for a slot that is not stale
    void end_recount();

    [[nodiscard]] std::optional<WallTime> created(LabelId location, streams::Status status) const;
    [[nodiscard]] std::optional<WallTime> updated(LabelId location, streams::Status status) const;

private:
    struct Slot {
        Stamp created{0};
        Stamp updated{0};
        bool stale{false};

        void take(const Entry& entry) noexcept;
    };
    [[nodiscard]] const Slot* slot_at(LabelId location, streams::Status status) const noexcept;
    [[nodiscard]] Slot& slot_of(const Cell& cell);

    std::vector<Slot> slots_; // location * status_count + status
    bool live_stale_{false};
    bool others_stale_{false};
};

} // namespace gls::state
