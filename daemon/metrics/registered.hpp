// prometheus-cpp's registry keeps our counters; the catalogue declares their families and our
// writer writes them. One Registered holds series that share labels and were born together.
// Thread-safe.
#pragma once

#include "metrics/catalogue.hpp"
#include "metrics/writer.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::metrics {

[[nodiscard]] prometheus::Labels own_labels(Id id, std::initializer_list<std::string_view> values);

// Called with the values of the family's own labels, in the catalogue's order: the metric that has
// them, made at the first call.
template <class Metric>
class Series {
public:
    Series(Id id, prometheus::Family<Metric>& family) : id_{id}, family_{family} {}
    template <class... Args>
    Metric& operator()(std::initializer_list<std::string_view> values, Args&&... args) {
        return family_.Add(own_labels(id_, values), std::forward<Args>(args)...);
    }
    void remove(Metric& metric) { family_.Remove(&metric); }

private:
    Id id_;
    prometheus::Family<Metric>& family_; // the registry's
};
using Counters = Series<prometheus::Counter>;
using Gauges = Series<prometheus::Gauge>;
using Histograms = Series<prometheus::Histogram>;

class Registered {
public:
    Registered(std::string shared_labels, WallTime born)
        : shared_{std::move(shared_labels)}, born_{born} {}

    [[nodiscard]] Counters counters(Id id);
    [[nodiscard]] Gauges gauges(Id id);
    [[nodiscard]] Histograms histograms(Id id);

    // One family's values at one instant, and what they share.
    struct Collected {
        const Family* family;
        std::string shared;
        WallTime born;
        prometheus::MetricFamily values;
    };
    void collect(std::vector<Collected>& into) const;

private:
    std::string shared_; // label_text()
    WallTime born_;
    prometheus::Registry registry_;
};

// In the catalogue's order, each family's series sorted by their labels.
void write(Writer& writer, std::vector<Registered::Collected> families);

} // namespace gls::metrics
