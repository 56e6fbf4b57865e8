#include "state/accounting.hpp"

namespace gls::state {
namespace {

using streams::ExportStatus;
using streams::Status;

bool is_finished(ExportStatus status) noexcept {
    return status == ExportStatus::succeeded || status == ExportStatus::failed;
}

Event event_of(EventKind kind, const Entry& entry, const Cell& cell) {
    Event event;
    event.kind = kind;
    event.cell = cell;
    event.created_at = time_of(entry.created);
    event.updated_at = time_of(entry.updated);
    return event;
}

// Each once in the life of the entry.
void account_milestones(Entry& entry, const Cell& cell, std::vector<Event>& events) {
    if (cell.status == Status::active && entry.activation_counted == 0) {
        entry.activation_counted = 1;
        events.push_back(event_of(EventKind::activated, entry, cell));
    }
    if (streams::is_ended(cell.status) && entry.end_counted == 0) {
        entry.end_counted = 1;
        events.push_back(event_of(EventKind::ended, entry, cell));
    }
    if (is_finished(cell.export_status) && entry.export_counted == 0) {
        entry.export_counted = 1;
        events.push_back(event_of(EventKind::export_finished, entry, cell));
    }
}

} // namespace

void account_first(Entry& entry, const Cell& cell, bool baseline, std::vector<Event>& events) {
    if (baseline) {
        entry.activation_counted = cell.status == Status::activating ? 0 : 1;
        entry.end_counted = streams::is_ended(cell.status) ? 1 : 0;
        entry.export_counted = is_finished(cell.export_status) ? 1 : 0;
        return;
    }
    events.push_back(event_of(EventKind::started, entry, cell));
    account_milestones(entry, cell, events);
}

void account_change(Entry& entry, const Cell& before, const Cell& now, std::vector<Event>& events) {
    if (before.status != now.status) {
        Event moved = event_of(EventKind::moved, entry, now);
        moved.from = before.status;
        events.push_back(moved);
    }
    account_milestones(entry, now, events);
}

} // namespace gls::state
