#include "table_model.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace gls::test {

using state::EventKind;
using state::SweepKind;
using streams::ExportStatus;
using streams::Status;

namespace {

bool is_finished(ExportStatus status) {
    return status == ExportStatus::succeeded || status == ExportStatus::failed;
}

ModelEvent event(EventKind kind, const TestSession& session, Status from = Status::unknown) {
    return {kind,
            from,
            session.status,
            session.stream_group,
            session.application,
            session.location,
            session.status_reason,
            session.export_status,
            session.created_at,
            session.last_updated_at};
}

// Of several readings of one session in one sweep.
ModelReading winner(const std::vector<ModelReading>& readings, ModelCommitted& done) {
    ModelReading best = readings.front();
    for (std::size_t i = 1; i < readings.size(); ++i) {
        const ModelReading& next = readings[i];
        if (next.found && best.found) {
            ++done.duplicates;
            const auto& a = best.session.last_updated_at;
            const auto& b = next.session.last_updated_at;
            if (a && b && *b < *a) continue;
        }
        best = next;
    }
    return best;
}

template <class Map, class Present>
void age(Map& labels, const Present& present, bool full) {
    for (const auto& label : present)
        labels[label] = false;
    if (!full) return;
    for (auto label = labels.begin(); label != labels.end();) {
        const bool gone = !present.contains(label->first) && std::exchange(label->second, true);
        label = gone ? labels.erase(label) : std::next(label);
    }
}

void take_oldest(std::optional<WallTime>& oldest, const std::optional<WallTime>& time) {
    if (time && (!oldest || *time < *oldest)) oldest = time;
}

} // namespace

bool TableModel::hidden(const Known& known) const {
    return !known.removed && is_live(known.session.status) && known.read < live_since_;
}

bool TableModel::counted(const Known& known) const {
    return !known.removed && !hidden(known);
}

std::vector<streams::SessionKey> TableModel::unseen(const ModelSweep& sweep) const {
    std::set<streams::SessionKey> met;
    for (const ModelReading& reading : sweep.readings)
        met.insert(reading.session.key());
    std::vector<streams::SessionKey> unseen;
    for (const auto& [key, known] : known_) {
        const bool followed =
            is_live(known.session.status) || known.session.export_status == ExportStatus::pending;
        if (!known.removed && followed && known.read < sweep.first_read && !met.contains(key))
            unseen.push_back(key);
    }
    return unseen;
}

void TableModel::milestones(Known& known, ModelCommitted& done) const {
    const TestSession& session = known.session;
    if (session.status == Status::active && !std::exchange(known.activation_counted, true))
        done.events.push_back(event(EventKind::activated, session));
    if (is_ended(session.status) && !std::exchange(known.end_counted, true))
        done.events.push_back(event(EventKind::ended, session));
    if (is_finished(session.export_status) && !std::exchange(known.export_counted, true))
        done.events.push_back(event(EventKind::export_finished, session));
}

void TableModel::meet(const ModelReading& reading, ModelCommitted& done) {
    const auto place = known_.find(reading.session.key());
    const bool listed = place != known_.end() && !place->second.removed;
    if (reading.found && !listed && reading.read < full_since_)
        return; // a later list is without it
    if (place == known_.end()) {
        if (!reading.found) return;
        Known& known = known_[reading.session.key()];
        known.session = reading.session;
        known.read = reading.read;
        const auto& created = reading.session.created_at;
        if (full_as_of_ || (created && *created > born_at_)) {
            done.events.push_back(event(EventKind::started, known.session));
            milestones(known, done);
        } else {
            known.end_counted = is_ended(known.session.status);
            known.export_counted = is_finished(known.session.export_status);
            known.activation_counted = known.session.status != Status::activating;
        }
        return;
    }
    Known& known = place->second;
    if (reading.read < known.read) return;
    known.read = reading.read;
    known.missed_by_full = 0;
    if (!reading.found) {
        if (!known.removed) ++done.removed;
        known.removed = true;
        return;
    }
    known.removed = false;
    const TestSession before = known.session;
    const TestSession& now = reading.session;
    const bool undoes_end = is_ended(before.status) && !is_ended(now.status) &&
                            now.last_updated_at && before.last_updated_at &&
                            *now.last_updated_at < *before.last_updated_at;
    if (!undoes_end) {
        known.session = now;
        if (!now.created_at) known.session.created_at = before.created_at;
    }
    if (known.session.status != before.status)
        done.events.push_back(event(EventKind::moved, known.session, before.status));
    milestones(known, done);
}

void TableModel::restart() {
    for (auto& [key, known] : known_)
        known.read = hidden(known) ? 0 : 1;
    live_since_ = 1;
    shown_since_ = 0;
    full_since_ = 0;
}

ModelCommitted TableModel::commit(const ModelSweep& sweep) {
    ModelCommitted done;
    std::map<streams::SessionKey, std::vector<ModelReading>> by_session;
    for (const ModelReading& reading : sweep.readings)
        by_session[reading.session.key()].push_back(reading);
    for (const auto& [key, readings] : by_session) {
        const ModelReading reading = winner(readings, done);
        if (reading.found) ++done.sessions;
        meet(reading, done);
    }
    const bool full = sweep.kind == SweepKind::full;
    if (full) {
        for (auto place = known_.begin(); place != known_.end();) {
            Known& known = place->second;
            const bool unmet = known.read < sweep.first_read;
            const bool forget = unmet && known.removed && ++known.missed_by_full == 2;
            if (unmet && !known.removed) {
                known.removed = true;
                ++done.removed;
            }
            place = forget ? known_.erase(place) : std::next(place);
        }
        full_as_of_ = sweep.first_call;
        full_since_ = std::max(full_since_, sweep.first_read);
    } else {
        live_since_ = std::max(live_since_, sweep.first_read);
    }
    if (sweep.first_read >= shown_since_) {
        shown_since_ = sweep.first_read;
        live_as_of_ = sweep.first_call;
    }
    note_known_labels(full);
    std::ranges::sort(done.events);
    return done;
}

void TableModel::note_known_labels(bool full) {
    std::set<std::string> locations;
    std::set<std::string> applications;
    std::set<std::pair<std::string, std::string>> stream_groups;
    for (const auto& [key, known] : known_) {
        if (!counted(known)) continue;
        locations.insert(known.session.location);
        applications.insert(known.session.application);
        stream_groups.emplace(known.session.stream_group, known.session.location);
    }
    age(locations_, locations, full);
    age(applications_, applications, full);
    age(stream_groups_, stream_groups, full);
}

state::Snapshot TableModel::snapshot() const {
    std::map<std::string, state::LocationRow> locations;
    std::map<std::string, state::ApplicationRow> applications;
    std::map<std::pair<std::string, std::string>, state::StreamGroupRow> stream_groups;
    std::map<std::tuple<Status, std::string, std::string>, state::StatusReasonRow> reasons;
    for (const auto& [location, absent] : locations_)
        locations[location].location = location;
    for (const auto& [application, absent] : applications_)
        applications[application].application = application;
    for (const auto& [pair, absent] : stream_groups_) {
        stream_groups[pair].stream_group = pair.first;
        stream_groups[pair].location = pair.second;
    }
    state::Snapshot snapshot;
    snapshot.live_as_of = live_as_of_;
    snapshot.full_as_of = full_as_of_;
    for (const auto& [key, known] : known_) {
        if (!counted(known)) continue;
        const TestSession& session = known.session;
        const auto status = static_cast<std::size_t>(session.status);
        state::LocationRow& location = locations[session.location];
        ++location.sessions[status];
        ++location.exports[static_cast<std::size_t>(session.export_status)];
        take_oldest(location.oldest_created[status], session.created_at);
        take_oldest(location.oldest_updated[status], session.last_updated_at);
        ++applications[session.application].sessions[status];
        ++stream_groups[{session.stream_group, session.location}].sessions[status];
        if (!session.status_reason.empty()) {
            state::StatusReasonRow& row =
                reasons[{session.status, session.status_reason, session.location}];
            row.status = session.status;
            row.status_reason = session.status_reason;
            row.location = session.location;
            ++row.sessions;
        }
        ++snapshot.tracked_sessions;
    }
    for (const auto& [key, row] : locations)
        snapshot.locations.push_back(row);
    for (const auto& [key, row] : applications)
        snapshot.applications.push_back(row);
    for (const auto& [key, row] : stream_groups)
        snapshot.stream_groups.push_back(row);
    for (const auto& [key, row] : reasons)
        snapshot.status_reasons.push_back(row);
    return snapshot;
}

state::TableCounts TableModel::counts() const {
    state::TableCounts counts;
    for (const auto& [key, known] : known_) {
        if (known.removed) ++counts.tombstones;
        if (hidden(known)) ++counts.hidden;
        if (!counted(known)) continue;
        ++counts.tracked;
        ++counts.by_status[static_cast<std::size_t>(known.session.status)];
        if (known.session.export_status == ExportStatus::pending) ++counts.pending_exports;
    }
    return counts;
}

} // namespace gls::test
