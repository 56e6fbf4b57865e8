#include "metrics/target_counters.hpp"

#include "metrics/target_labels.hpp"

#include <array>

namespace gls::metrics {
namespace {

using namespace std::string_view_literals;

// From a single page to a million sessions at the default pace.
const prometheus::Histogram::BucketBoundaries sweep_seconds{0.25, 0.5, 1,   2.5, 5,    10,  30,
                                                            60,   120, 300, 900, 1800, 3600};
// Up to the default request_timeout.
const prometheus::Histogram::BucketBoundaries request_seconds{0.01, 0.025, 0.05, 0.1, 0.25,
                                                              0.5,  1,     2.5,  5,   10};

// What can be foreseen of calls and sweeps. AWS has many more codes; they appear when they occur.
constexpr std::array operations{"ListStreamSessionsByAccount"sv, "GetStreamSession"sv,
                                "ListStreamGroups"sv, "GetStreamGroup"sv, "ListApplications"sv};
constexpr std::array codes{"200"sv,
                           "ThrottlingException"sv,
                           "AccessDeniedException"sv,
                           "InternalServerException"sv,
                           "timeout"sv,
                           "connection"sv,
                           "tls"sv,
                           "malformed"sv};
constexpr std::array retry_reasons{"throttled"sv, "timeout"sv, "connection"sv, "server_error"sv};
constexpr std::array failure_reasons{
    "throttled"sv,   "denied"sv,       "timeout"sv,        "connection"sv,
    "tls"sv,         "malformed"sv,    "budget"sv,         "cancelled"sv,
    "credentials"sv, "server_error"sv, "invalid_request"sv};
// Whose values may be ones that this version does not know.
constexpr std::array fields{"Status"sv, "StatusReason"sv, "ExportFilesStatus"sv};
constexpr std::array kinds{poll::SweepKind::live, poll::SweepKind::full};

} // namespace

TargetCounters::TargetCounters(const poll::TargetIdentity& target, WallTime born,
                               std::shared_ptr<Changes> changes)
    : registered_{target_labels(target), born, std::move(changes)},
      sweeps_{registered_.counters(Id::sweeps)},
      sweep_failures_{registered_.counters(Id::sweep_failures)},
      sweeps_delayed_{registered_.counters(Id::sweeps_delayed)},
      sweep_duplicates_{registered_.counters(Id::sweep_duplicate_sessions)},
      removed_{registered_.counters(Id::sessions_removed)},
      unknown_{registered_.counters(Id::unknown_values)},
      inventory_failures_{registered_.counters(Id::inventory_failures)},
      requests_{registered_.counters(Id::api_requests)},
      retries_{registered_.counters(Id::api_retries)},
      backoff_{registered_.counters(Id::api_backoff)},
      sweep_duration_{registered_.histograms(Id::sweep_duration)},
      request_duration_{registered_.histograms(Id::api_request_duration)} {
    sweeps_delayed_.foresee({});
    sweep_duplicates_.foresee({});
    removed_.foresee({});
    for (const auto field : fields)
        unknown_.foresee({field});
    for (const auto reason : failure_reasons)
        inventory_failures_.foresee({reason});
    for (const auto kind : kinds) {
        sweeps_.foresee({text_of(kind)});
        sweep_duration_.foresee({text_of(kind)}, sweep_seconds);
        for (const auto reason : failure_reasons)
            sweep_failures_.foresee({text_of(kind), reason});
    }
    for (const auto operation : operations) {
        request_duration_.foresee({operation}, request_seconds);
        for (const auto code : codes)
            requests_.foresee({operation, code});
        for (const auto reason : retry_reasons) {
            retries_.foresee({operation, reason});
            backoff_.foresee({operation, reason});
        }
    }
}

void TargetCounters::attempted(std::string_view operation, std::string_view code,
                               double duration_seconds) {
    requests_.increment({operation, code});
    request_duration_.observe({operation}, request_seconds, duration_seconds);
}

void TargetCounters::retried(std::string_view operation, std::string_view reason,
                             double backoff_seconds) {
    retries_.increment({operation, reason});
    backoff_.increment({operation, reason}, backoff_seconds);
}

void TargetCounters::sweep_begun(poll::SweepKind kind) {
    sweeps_.increment({text_of(kind)});
}

void TargetCounters::sweep_ended(const poll::SweepReport& report) {
    sweep_duration_.observe({text_of(report.kind)}, sweep_seconds, in_seconds(report.duration));
    sweep_duplicates_.increment({}, static_cast<double>(report.duplicates));
    if (!report.failure.empty()) {
        sweep_failures_.increment({text_of(report.kind), report.failure});
    }
}

void TargetCounters::sweep_delayed() {
    sweeps_delayed_.increment({});
}

void TargetCounters::sessions_removed(std::uint64_t count) {
    removed_.increment({}, static_cast<double>(count));
}

void TargetCounters::unknown_value(std::string_view field) {
    unknown_.increment({field});
}

void TargetCounters::inventory_failed(std::string_view reason) {
    inventory_failures_.increment({reason});
}

} // namespace gls::metrics
