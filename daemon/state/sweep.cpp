#include "state/sweep.hpp"

namespace gls::state {
namespace {

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

Sweep::Sweep(SweepKind kind, WallTime first_call, ReadNumber first_read)
    : kind_{kind}, first_call_{first_call}, first_read_{first_read} {}

void Sweep::add(const streams::SessionView& session, ReadNumber read) {
    const Cell cell{.stream_group = labels_.stream_group.id_of(session.stream_group),
                    .application = labels_.application.id_of(session.application),
                    .location = labels_.location.id_of(session.location),
                    .status_reason = labels_.status_reason.id_of(session.status_reason),
                    .status = session.status,
                    .export_status = session.export_status};
    Entry reading;
    reading.key = session.key;
    reading.created = stamp_of(session.created_at) & longest_stamp;
    reading.updated = stamp_of(session.last_updated_at) & longest_stamp;
    reading.cell = cells_.id_of(cell);
    reading.read = read;
    if (const auto met_before = readings_.find(session.key)) {
        Entry& earlier = readings_[*met_before];
        ++(earlier.removed != 0 ? sessions_ : duplicates_);
        if (!replaces(reading, earlier)) return;
        earlier = reading;
        if (!is_followed(cell)) addresses_.erase(session.key);
    } else {
        ++sessions_;
        readings_.insert(reading);
    }
    if (is_followed(cell)) addresses_.insert_or_assign(session.key, address_of(session));
}

void Sweep::not_found(const streams::SessionKey& key, ReadNumber read) {
    Entry reading;
    reading.key = key;
    reading.read = read;
    reading.removed = 1;
    if (const auto met_before = readings_.find(key)) {
        if (readings_[*met_before].removed == 0) --sessions_;
        readings_[*met_before] = reading;
        addresses_.erase(key);
    } else {
        readings_.insert(reading);
    }
}

} // namespace gls::state
