// Samples to text: the Prometheus text format 0.0.4 and OpenMetrics 1.0.0, straight into one
// string. Families must come whole, one after another. HELP and TYPE appear with a family's first
// sample, so that an empty family leaves no trace. No sample carries a timestamp. Pure. Rules:
// prometheus.io/docs/instrumenting/exposition_formats and the OpenMetrics 1.0.0 specification.
#pragma once

#include "base/time.hpp"
#include "metrics/catalogue.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gls::metrics {

enum class Format : std::uint8_t { text, open_metrics };

struct Label {
    std::string_view name;
    std::string_view value;
};
using Labels = std::initializer_list<Label>;

struct Bucket {
    double upper_bound{0};
    std::uint64_t cumulative{0};
};

// `a="b",c="d"` with values escaped: what a sample begins with when it shares labels with many.
[[nodiscard]] std::string label_text(std::span<const Label> labels);

class Writer {
public:
    Writer(Format format, std::string& out) : format_{format}, out_{out} {}

    // Begins a family, or goes on with it when it is the current one.
    void family(const Family& family);
    // A gauge or counter. `shared` comes from label_text(); `created` (when a counter began at 0)
    // is told by OpenMetrics alone.
    void sample(std::string_view shared, Labels labels, double value,
                std::optional<WallTime> created = std::nullopt);
    // Upper bounds rise; the last is +Inf, and its count that of all observations.
    void histogram(std::string_view shared, Labels labels, std::span<const Bucket> buckets,
                   double sum, std::optional<WallTime> created = std::nullopt);
    // After the last family: OpenMetrics ends with a mark of its own.
    void end();

private:
    void announce();
    void line(std::string_view suffix, std::string_view shared, Labels labels, double value,
              std::string_view bound = {});
    void created_line(std::string_view shared, Labels labels, std::optional<WallTime> created);

    Format format_;
    std::string& out_;
    const Family* family_{nullptr};
    std::string_view stem_; // the family's name without _total
    bool announced_{false};
};

} // namespace gls::metrics
