// The lifecycle families as text.
#include "metrics/fleet.hpp"
#include "pictures.hpp"

#include <doctest/doctest.h>

namespace gls::test {
namespace {

using streams::ExportStatus;
using streams::Status;

std::string rendered(WallTime now, metrics::Format format = metrics::Format::text) {
    state::Snapshot snapshot = small_snapshot();
    state::Lifecycle& all = snapshot.lifecycle;
    all.since = noon - 60 * minute;
    all.started.push_back({"sg-1", "us-west-2", 3});
    all.ended.push_back({Status::terminated, "idleTimeout", "sg-1", "us-west-2", 2});
    all.moved.push_back({Status::active, Status::connected, 0});
    all.exports.push_back({ExportStatus::failed, "us-west-2", 1});
    state::TimesRow times{"us-west-2", std::vector<std::uint64_t>(12), 90'500};
    times.buckets[0] = 1;
    times.buckets[11] = 1;
    all.durations.push_back(times);
    poll::Picture picture = small_picture();
    picture.snapshot = std::make_shared<const state::Snapshot>(snapshot);
    std::string text;
    metrics::Writer writer{format, text};
    metrics::write_fleet(writer, {shared(picture)}, now, {});
    return text;
}

constexpr const char* shared_labels =
    R"(target="prod-us",region="us-west-2",team="streaming",account_id="111122223333",)";

std::string line(std::string_view name, std::string_view labels, std::string_view value) {
    return std::string{"\ngamelift_streams_"}
        .append(name)
        .append("{")
        .append(shared_labels)
        .append(labels)
        .append("} ")
        .append(value)
        .append("\n");
}

TEST_CASE("what happened is told with the labels of the contract, zeros included") {
    const std::string text = rendered(noon);
    for (
        const std::string& wanted :
        {line("sessions_started_total", R"(stream_group="sg-1",location="us-west-2")", "3"),
         line(
             "sessions_ended_total",
             R"(status="TERMINATED",status_reason="idleTimeout",stream_group="sg-1",location="us-west-2")",
             "2"),
         line("session_transitions_total", R"(from="ACTIVE",to="CONNECTED")", "0"),
         line("session_exports_finished_total", R"(export_status="FAILED",location="us-west-2")",
              "1"),
         line("session_duration_seconds_bucket", R"(location="us-west-2",le="86400.0")", "1"),
         line("session_duration_seconds_bucket", R"(location="us-west-2",le="+Inf")", "2"),
         line("session_duration_seconds_sum", R"(location="us-west-2")", "90.5")})
        CHECK_MESSAGE(text.find(wanted) != std::string::npos, wanted);
}

TEST_CASE("counters outlive the age of the gauges beside them, and OpenMetrics knows their birth") {
    const std::string text = rendered(noon + 10'000 * minute, metrics::Format::open_metrics);
    CHECK(text.find("gamelift_streams_sessions{") == std::string::npos);
    CHECK(text.find(line("sessions_started_total", R"(stream_group="sg-1",location="us-west-2")",
                         "3")) != std::string::npos);
    CHECK(text.find("gamelift_streams_sessions_started_created{") != std::string::npos);
    CHECK(text.find("} 1799996400\n") != std::string::npos);
}

} // namespace
} // namespace gls::test
