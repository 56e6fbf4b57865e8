// The readings of a sweep under way, kept apart from the table until the sweep is whole. Letting go
// of it abandons the sweep and leaves no trace. Made by SessionTable::begin. Pure.
#pragma once

#include "base/time.hpp"
#include "state/cells.hpp"
#include "state/entry_store.hpp"
#include "state/sweep_kind.hpp"
#include "streams/session.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gls::state {

struct KeyHash {
    using is_avalanching = void;
    std::size_t operator()(const streams::SessionKey& key) const noexcept {
        return static_cast<std::size_t>(key.low);
    }
};
// "GROUP/SESSION", what GetStreamSession needs; kept only for sessions that may be asked about.
// Empty where the ARN does not tell.
using Addresses = boost::unordered_flat_map<streams::SessionKey, std::string, KeyHash>;

// Whether a live sweep has to account for a session in this state.
[[nodiscard]] constexpr bool is_followed(const Cell& cell) noexcept {
    return streams::is_live(cell.status) || cell.export_status == streams::ExportStatus::pending;
}

class Sweep {
public:
    Sweep(SweepKind kind, WallTime first_call, ReadNumber first_read, std::size_t expected);

    // One session read: from a page or from a look-up. Met before in this sweep: the newer
    // LastUpdatedAt stays, of equal or missing ones the later read. Returns the number of the
    // reading that there was, none where it is new.
    std::optional<ReadNumber> add(const streams::SessionView& session, ReadNumber read);
    // Faster than one by one. Returns how many of them had been read since `since` already.
    std::size_t add(std::span<const streams::SessionView> page, ReadNumber read, ReadNumber since);
    // A look-up found nothing: the session will be removed.
    void not_found(const streams::SessionKey& key, ReadNumber read);

    // A full sweep made of the lists of all stream groups: what it has not met is gone, but should
    // the account's own list still tell of it, its tombstone has to be there.
    void read_in_parts() noexcept { in_parts_ = true; }

    // When its last answer had come: a session that claims to have been created long after that was
    // not seen to begin. Not told: nothing is concluded.
    void ended(WallTime now) noexcept { ended_ = now; }

    [[nodiscard]] SweepKind kind() const noexcept { return kind_; }
    [[nodiscard]] WallTime first_call() const noexcept { return first_call_; }
    [[nodiscard]] ReadNumber first_read() const noexcept { return first_read_; }
    [[nodiscard]] std::uint64_t sessions() const noexcept { return sessions_; } // each once
    [[nodiscard]] std::uint64_t duplicates() const noexcept { return duplicates_; }
    [[nodiscard]] bool met(const streams::SessionKey& key) const {
        return readings_.find(key).has_value();
    }

private:
    friend class SessionTable;

    [[nodiscard]] CellId cell_of(const streams::SessionView& session);

    SweepKind kind_;
    bool in_parts_{false};
    WallTime first_call_;
    ReadNumber first_read_;
    std::optional<WallTime> ended_;
    std::uint64_t sessions_{0};
    std::uint64_t duplicates_{0};
    EntryStore readings_; // their cells are numbered by cells_ below, not by the table's
    Labels labels_;
    Cells cells_;
    // A hash of all texts of a cell stands for them, as a hash of an ARN does for it: one look-up
    // a session instead of five.
    boost::unordered_flat_map<streams::SessionKey, CellId, KeyHash> cells_by_texts_;
    Addresses addresses_; // of those that are followed
};

} // namespace gls::state
