#include "metrics/lifecycle_families.hpp"

#include "state/ledger.hpp"

#include <limits>
#include <span>

namespace gls::metrics {
namespace {

using state::Lifecycle;

void write_started(Writer& writer, const ShownSnapshot& from, const Lifecycle& lifecycle) {
    for (const auto& row : lifecycle.started) {
        writer.sample(from.labels, {{"stream_group", row.stream_group}, {"location", row.location}},
                      static_cast<double>(row.count), lifecycle.since);
    }
}

void write_ended(Writer& writer, const ShownSnapshot& from, const Lifecycle& lifecycle) {
    for (const auto& row : lifecycle.ended) {
        writer.sample(from.labels,
                      {{"status", streams::text_of(row.status)},
                       {"status_reason", row.status_reason},
                       {"stream_group", row.stream_group},
                       {"location", row.location}},
                      static_cast<double>(row.count), lifecycle.since);
    }
}

void write_moved(Writer& writer, const ShownSnapshot& from, const Lifecycle& lifecycle) {
    for (const auto& row : lifecycle.moved) {
        writer.sample(from.labels,
                      {{"from", streams::text_of(row.from)}, {"to", streams::text_of(row.to)}},
                      static_cast<double>(row.count), lifecycle.since);
    }
}

void write_exports(Writer& writer, const ShownSnapshot& from, const Lifecycle& lifecycle) {
    for (const auto& row : lifecycle.exports) {
        writer.sample(from.labels,
                      {{"export_status", streams::text_of(row.status)}, {"location", row.location}},
                      static_cast<double>(row.count), lifecycle.since);
    }
}

void write_times(Writer& writer, const ShownSnapshot& from, const Lifecycle& lifecycle,
                 std::vector<state::TimesRow> Lifecycle::* rows, std::span<const double> bounds) {
    std::vector<Bucket> buckets(bounds.size() + 1);
    for (const auto& row : lifecycle.*rows) {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < buckets.size(); ++i) {
            below += row.buckets[i];
            buckets[i] = {i < bounds.size() ? bounds[i] : std::numeric_limits<double>::infinity(),
                          below};
        }
        writer.histogram(from.labels, {{"location", row.location}}, buckets,
                         static_cast<double>(row.sum_ms) / 1000.0, lifecycle.since);
    }
}

} // namespace

void write_lifecycle_families(Writer& writer, const std::vector<ShownSnapshot>& shown) {
    const auto write = [&](Id id, auto write_one, auto... arguments) {
        writer.family(family(id));
        for (const auto& from : shown)
            write_one(writer, from, from.snapshot->lifecycle, arguments...);
    };
    write(Id::sessions_started, write_started);
    write(Id::sessions_ended, write_ended);
    write(Id::session_transitions, write_moved);
    write(Id::session_exports_finished, write_exports);
    write(Id::session_duration, write_times, &Lifecycle::durations,
          std::span<const double>{state::duration_bounds});
    write(Id::session_activation_duration, write_times, &Lifecycle::activations,
          std::span<const double>{state::activation_bounds});
}

} // namespace gls::metrics
