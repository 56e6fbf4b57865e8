// prometheus-cpp's registry keeps our counters; the catalogue declares their families and our
// writer writes them. One Registered holds series that share labels and were born together, and
// notes each change of any of them. Thread-safe.
#pragma once

#include "metrics/catalogue.hpp"
#include "metrics/changes.hpp"
#include "metrics/writer.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::metrics {

[[nodiscard]] prometheus::Labels own_labels(Id id, std::initializer_list<std::string_view> values);

// The series of one family. `values` are those of its own labels, in the catalogue's order; what
// has them is made at the first mention.
template <class Metric>
class Series {
public:
    using Values = std::initializer_list<std::string_view>;
    using Bounds = prometheus::Histogram::BucketBoundaries;

    Series(Id id, prometheus::Family<Metric>& family, Changes& changes)
        : id_{id}, family_{family}, changes_{changes} {}

    template <class... Args>
    void foresee(Values values, Args&&... args) {
        metric(values, std::forward<Args>(args)...);
        changes_.note();
    }
    void increment(Values values, double by = 1) {
        metric(values).Increment(by);
        changes_.note();
    }
    void set(Values values, double to) {
        metric(values).Set(to);
        changes_.note();
    }
    void observe(Values values, const Bounds& bounds, double value) {
        metric(values, bounds).Observe(value);
        changes_.note();
    }
    void remove(Values values) {
        family_.Remove(&metric(values));
        changes_.note();
    }

private:
    template <class... Args>
    Metric& metric(Values values, Args&&... args) {
        return family_.Add(own_labels(id_, values), std::forward<Args>(args)...);
    }

    Id id_;
    prometheus::Family<Metric>& family_; // the registry's
    Changes& changes_;                   // the Registered's
};
using Counters = Series<prometheus::Counter>;
using Gauges = Series<prometheus::Gauge>;
using Histograms = Series<prometheus::Histogram>;

class Registered {
public:
    Registered(std::string shared_labels, WallTime born, std::shared_ptr<Changes> changes)
        : shared_{std::move(shared_labels)}, born_{born}, changes_{std::move(changes)} {}
    ~Registered() { changes_->note(); }
    Registered(const Registered&) = delete;
    Registered& operator=(const Registered&) = delete;

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
    std::shared_ptr<Changes> changes_;
    prometheus::Registry registry_;
};

// In the catalogue's order, each family's series sorted by their labels.
void write(Writer& writer, std::vector<Registered::Collected> families);

} // namespace gls::metrics
