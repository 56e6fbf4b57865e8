#include "metrics/registered.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>

namespace gls::metrics {
namespace {

template <class Builder>
auto& declared(Builder builder, Id id, prometheus::Registry& registry) {
    return builder.Name(std::string{family(id).name})
        .Help(std::string{family(id).help})
        .Register(registry);
}

const Family& family_named(std::string_view name) {
    return *std::ranges::find(catalogue(), name, &Family::name);
}

void write_series(Writer& writer, const std::string& labels, const prometheus::ClientMetric& metric,
                  Type type, WallTime born) {
    switch (type) {
    case Type::gauge:
        return writer.sample(labels, {}, metric.gauge.value);
    case Type::counter:
        return writer.sample(labels, {}, metric.counter.value, born);
    case Type::histogram:
        std::vector<Bucket> buckets;
        for (const auto& bucket : metric.histogram.bucket) {
            buckets.push_back({bucket.upper_bound, bucket.cumulative_count});
        }
        return writer.histogram(labels, {}, buckets, metric.histogram.sample_sum, born);
    }
}

std::string joined_labels(const std::string& shared, const prometheus::ClientMetric& metric) {
    std::vector<Label> labels;
    for (const auto& label : metric.label)
        labels.push_back({label.name, label.value});
    const auto own = label_text(labels);
    return shared.empty() || own.empty() ? shared + own : shared + ',' + own;
}

} // namespace

prometheus::Labels own_labels(Id id, std::initializer_list<std::string_view> values) {
    prometheus::Labels labels;
    const auto* value = values.begin();
    for (const auto name : std::views::split(family(id).labels, ' ')) {
        if (name.empty()) continue;
        assert(value != values.end());
        labels.emplace(std::string{name.begin(), name.end()}, *value++);
    }
    assert(value == values.end());
    return labels;
}

Counters Registered::counters(Id id) {
    return {id, declared(prometheus::BuildCounter(), id, registry_), *changes_};
}
Gauges Registered::gauges(Id id) {
    return {id, declared(prometheus::BuildGauge(), id, registry_), *changes_};
}
Histograms Registered::histograms(Id id) {
    return {id, declared(prometheus::BuildHistogram(), id, registry_), *changes_};
}

void Registered::collect(std::vector<Collected>& into) const {
    for (auto& values : registry_.Collect()) {
        const Family& known = family_named(values.name);
        into.push_back({&known, shared_, born_, std::move(values)});
    }
}

void write(Writer& writer, std::vector<Registered::Collected> families) {
    std::ranges::stable_sort(families, {}, [](const auto& each) { return each.family->id; });
    std::vector<std::pair<std::string, const prometheus::ClientMetric*>> series;
    for (const auto& [family, shared, born, values] : families) {
        writer.family(*family);
        series.clear();
        for (const auto& metric : values.metric) {
            series.emplace_back(joined_labels(shared, metric), &metric);
        }
        std::ranges::sort(series);
        for (const auto& [labels, metric] : series) {
            write_series(writer, labels, *metric, family->type, born);
        }
    }
}

} // namespace gls::metrics
