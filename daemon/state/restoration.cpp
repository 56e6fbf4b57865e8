#include "state/restoration.hpp"

namespace gls::state {
namespace {

// As if one live sweep had been made: what it met has its number, what it did not meet an older
// one.
constexpr ReadNumber unmet = 0;
constexpr ReadNumber met = 1;

bool is_time(const std::optional<WallTime>& time) noexcept {
    if (!time) return true;
    const auto ms = time->time_since_epoch();
    return ms >= milliseconds{0} && ms < milliseconds{longest_stamp};
}

} // namespace

bool Restoration::times(const TableTimes& times) {
    if (!is_time(times.born_at) || !is_time(times.live_as_of) || !is_time(times.full_as_of))
        return false;
    table_.born_at_ = times.born_at;
    table_.live_as_of_ = times.live_as_of;
    table_.full_as_of_ = times.full_as_of;
    table_.last_read_ = met;
    table_.live_since_ = met;
    return true;
}

bool Restoration::label(LabelKind kind, std::uint64_t id, std::string_view text) {
    LabelValues& values = table_.labels_.of(kind);
    return id == values.size() && values.add(text);
}

bool Restoration::folded(LabelKind kind, std::uint64_t hash) {
    return table_.labels_.of(kind).add_folded(hash);
}

bool Restoration::cell(std::uint64_t id, const Cell& cell) {
    if (!has(LabelKind::stream_group, cell.stream_group) ||
        !has(LabelKind::application, cell.application) ||
        !has(LabelKind::location, cell.location) ||
        !has(LabelKind::status_reason, cell.status_reason) ||
        cell.status > streams::Status::unknown ||
        cell.export_status > streams::ExportStatus::unknown)
        return false;
    return id == table_.cells_.size() && table_.cells_.id_of(cell) == id;
}

bool Restoration::known(const KnownLabels::Row& row) {
    const auto low = row.value & 0xFFFFU;
    const bool exists =
        row.kind == KnownLabels::Kind::location ? has(LabelKind::location, row.value)
        : row.kind == KnownLabels::Kind::application
            ? has(LabelKind::application, row.value)
            : has(LabelKind::stream_group, row.value >> 16U) && has(LabelKind::location, low);
    if (!exists || row.presence > KnownLabels::Presence::absent_at_last_full) return false;
    table_.known_.add(row);
    return true;
}

bool Restoration::counter(std::uint64_t number, std::uint64_t value) {
    const Series series = series_of(number);
    const bool times = series.counter >= Counter::duration;
    const std::size_t statuses = series.counter == Counter::export_finished
                                     ? streams::export_status_count
                                     : streams::status_count;
    if (series.counter > Counter::activation_sum || series.from > streams::Status::unknown ||
        series.status >= statuses || (!times && series.bucket != 0) ||
        series.bucket > duration_bounds.size() ||
        !has(LabelKind::stream_group, series.stream_group) ||
        !has(LabelKind::location, series.location) ||
        !has(LabelKind::status_reason, series.status_reason))
        return false;
    table_.ledger_.restore(number, value);
    return true;
}

bool Restoration::session(Entry entry, std::string_view address) {
    if (entry.cell >= table_.cells_.size()) return false;
    entry.read = entry.hidden != 0 ? unmet : met;
    if (!table_.entries_.find_or_insert(entry).second) return false;
    table_.joins(entry);
    if (is_followed(table_.cells_[entry.cell]))
        table_.addresses_.emplace(entry.key, std::string{address});
    return true;
}

} // namespace gls::state
