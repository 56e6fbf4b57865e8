// What has happened to the sessions of one target since the birth of its state: the lifecycle
// counters and histograms as whole numbers, each known by one number of its own. Label ids are
// those of the table. Pure.
#pragma once

#include "state/event.hpp"
#include "state/known_labels.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstdint>
#include <span>

namespace gls::state {

enum class Counter : std::uint8_t {
    started,         // stream_group, location
    ended,           // status, status_reason, stream_group, location
    moved,           // from, status
    export_finished, // export_status, location
    duration,        // location, bucket; not cumulative
    duration_sum,    // location; milliseconds
    activation,      // as duration
    activation_sum,
};

// 64 bits, from the top: counter 4, bucket 4, from 4, status 4, reason, group and location 16 each.
// An export status takes the place of the status.
struct Series {
    Counter counter{Counter::started};
    std::uint8_t bucket{0};
    streams::Status from{};
    std::uint8_t status{0};
    LabelId status_reason{0};
    LabelId stream_group{0};
    LabelId location{0};
    friend bool operator==(const Series&, const Series&) = default;
};
[[nodiscard]] std::uint64_t number_of(const Series& series) noexcept;
[[nodiscard]] Series series_of(std::uint64_t number) noexcept;

// Upper bounds in seconds; one more bucket holds what is above them. Sessions last from a glance to
// a day, which is AWS's own limit; starting one takes seconds on capacity that stands ready and
// minutes where it is brought up.
inline constexpr std::array duration_bounds{60.0,   300.0,   600.0,   1200.0,  1800.0, 3600.0,
                                            7200.0, 14400.0, 21600.0, 43200.0, 86400.0};
inline constexpr std::array activation_bounds{1.0,  2.0,  5.0,   10.0,  15.0, 20.0,
                                              30.0, 60.0, 120.0, 300.0, 600.0};

class Ledger {
public:
    using Values = boost::unordered_flat_map<std::uint64_t, std::uint64_t>;

    void record(std::span<const Event> events);
    // Every series that can be foreseen for what is known begins at 0, so that the first event is
    // not lost to increase(). `reasons` are AWS's own, by status.
    struct Reason {
        streams::Status status;
        LabelId id;
    };
    void foresee(const KnownLabels& known, std::span<const Reason> reasons);

    [[nodiscard]] const Values& values() const noexcept { return values_; }
    [[nodiscard]] std::uint64_t value(const Series& series) const noexcept;
    void restore(std::uint64_t number, std::uint64_t value) { values_[number] = value; }

private:
    void begin(const Series& series) { values_.try_emplace(number_of(series), 0); }
    void add(const Series& series, std::uint64_t amount) { values_[number_of(series)] += amount; }
    void observe(Counter bucket, Counter sum, std::span<const double> bounds, const Event& event);

    Values values_;
};

} // namespace gls::state
