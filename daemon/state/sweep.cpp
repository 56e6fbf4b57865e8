#include "state/sweep.hpp"

#include <array>

namespace gls::state {
namespace {

constexpr std::uint64_t odd_factor = 0x9e3779b97f4a7c15; // 2^64 by the golden ratio

// Within one sweep AWS's own clock decides; where it does not tell, the later reading.
bool replaces(const Entry& later, const Entry& earlier) noexcept {
    return later.updated == 0 || earlier.updated == 0 || later.updated >= earlier.updated;
}

std::string address_of(const streams::SessionView& session) {
    std::string address;
    if (session.session_id.empty()) return address;
    address.reserve(session.stream_group.size() + 1 + session.session_id.size());
    address.append(session.stream_group).append("/").append(session.session_id);
    return address;
}

} // namespace

Sweep::Sweep(SweepKind kind, WallTime first_call, ReadNumber first_read, std::size_t expected)
    : kind_{kind}, first_call_{first_call}, first_read_{first_read} {
    readings_.reserve(expected);
}

CellId Sweep::cell_of(const streams::SessionView& session) {
    const std::array labels{streams::key_of(session.stream_group),
                            streams::key_of(session.application), streams::key_of(session.location),
                            streams::key_of(session.status_reason)};
    streams::SessionKey texts{.high = static_cast<std::uint64_t>(session.status),
                              .low = static_cast<std::uint64_t>(session.export_status)};
    for (const streams::SessionKey& label : labels) {
        texts.high = texts.high * odd_factor + label.high;
        texts.low = texts.low * odd_factor + label.low;
    }
    const auto [known, is_new] = cells_by_texts_.try_emplace(texts, 0);
    if (is_new) {
        Cell cell;
        cell.stream_group = labels_.stream_group.id_of(session.stream_group);
        cell.application = labels_.application.id_of(session.application);
        cell.location = labels_.location.id_of(session.location);
        cell.status_reason = labels_.status_reason.id_of(session.status_reason);
        cell.status = session.status;
        cell.export_status = session.export_status;
        known->second = cells_.id_of(cell);
    }
    return known->second;
}

std::optional<ReadNumber> Sweep::add(const streams::SessionView& session, ReadNumber read) {
    Entry reading;
    reading.key = session.key;
    reading.created = stamp_of(session.created_at) & longest_stamp;
    reading.updated = stamp_of(session.last_updated_at) & longest_stamp;
    reading.cell = cell_of(session);
    reading.read = read;
    const bool followed = is_followed(cells_[reading.cell]);
    std::optional<ReadNumber> before;
    if (const auto [at, is_new] = readings_.find_or_insert(reading); is_new) {
        ++sessions_;
    } else {
        Entry& earlier = readings_[at];
        before = earlier.read;
        ++(earlier.removed != 0 ? sessions_ : duplicates_);
        if (!replaces(reading, earlier)) return before;
        earlier = reading;
        if (!followed) addresses_.erase(session.key);
    }
    if (followed) addresses_.insert_or_assign(session.key, address_of(session));
    return before;
}

std::size_t Sweep::add(std::span<const streams::SessionView> page, ReadNumber read,
                       ReadNumber since) {
    for (const streams::SessionView& session : page)
        readings_.expect(session.key);
    std::size_t again = 0;
    for (const streams::SessionView& session : page) {
        const auto before = add(session, read);
        if (before && *before >= since) ++again;
    }
    return again;
}

void Sweep::not_found(const streams::SessionKey& key, ReadNumber read) {
    Entry reading;
    reading.key = key;
    reading.read = read;
    reading.removed = 1;
    const auto [at, is_new] = readings_.find_or_insert(reading);
    if (is_new) return;
    if (readings_[at].removed == 0) --sessions_;
    readings_[at] = reading;
    addresses_.erase(key);
}

} // namespace gls::state
