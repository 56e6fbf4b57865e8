#include "state/lifecycle.hpp"

#include "state/session_table.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace gls::state {
namespace {

using Times = std::map<LabelId, TimesRow>;

TimesRow& row_at(Times& times, LabelId location, std::size_t buckets) {
    TimesRow& row = times[location];
    row.buckets.resize(buckets);
    return row;
}

std::vector<TimesRow> named(Times times, const LabelValues& locations) {
    std::vector<TimesRow> rows;
    for (auto& [id, row] : times) {
        row.location = locations.text_of(id);
        rows.push_back(std::move(row));
    }
    std::ranges::sort(rows);
    return rows;
}

} // namespace

Lifecycle lifecycle_of(const SessionTable& table) {
    const Labels& labels = table.labels();
    const auto location = [&](LabelId id) { return std::string{labels.location.text_of(id)}; };
    const auto group = [&](LabelId id) { return std::string{labels.stream_group.text_of(id)}; };
    const auto reason = [&](LabelId id) { return std::string{labels.status_reason.text_of(id)}; };
    constexpr std::size_t duration_buckets = duration_bounds.size() + 1;
    constexpr std::size_t activation_buckets = activation_bounds.size() + 1;
    Lifecycle all;
    all.since = table.born_at();
    Times durations, activations;
    for (const auto& [number, value] : table.ledger().values()) {
        const Series of = series_of(number);
        const auto status = static_cast<streams::Status>(of.status);
        switch (of.counter) {
        case Counter::started:
            all.started.push_back({group(of.stream_group), location(of.location), value});
            break;
        case Counter::ended:
            all.ended.push_back({status, reason(of.status_reason), group(of.stream_group),
                                 location(of.location), value});
            break;
        case Counter::moved:
            all.moved.push_back({of.from, status, value});
            break;
        case Counter::export_finished:
            all.exports.push_back(
                {static_cast<streams::ExportStatus>(of.status), location(of.location), value});
            break;
        case Counter::duration:
            row_at(durations, of.location, duration_buckets).buckets.at(of.bucket) = value;
            break;
        case Counter::duration_sum:
            row_at(durations, of.location, duration_buckets).sum_ms = value;
            break;
        case Counter::activation:
            row_at(activations, of.location, activation_buckets).buckets.at(of.bucket) = value;
            break;
        case Counter::activation_sum:
            row_at(activations, of.location, activation_buckets).sum_ms = value;
            break;
        }
    }
    std::ranges::sort(all.started);
    std::ranges::sort(all.ended);
    std::ranges::sort(all.moved);
    std::ranges::sort(all.exports);
    all.durations = named(std::move(durations), labels.location);
    all.activations = named(std::move(activations), labels.location);
    return all;
}

} // namespace gls::state
