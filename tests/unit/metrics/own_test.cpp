#include "fixed_process.hpp"
#include "metrics/own.hpp"
#include "pictures.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace gls::metrics {
namespace {

using test::noon;

struct OwnFixture {
    Own own{{"1.2.3", "abc", "GCC 12"}, std::make_unique<test::FixedProcess>(), noon};
    poll::TargetIdentity target{"prod-us", "us-west-2", {{"team", "streaming"}}, {}};

    std::string text(Format format = Format::text) {
        std::string out;
        Writer writer{format, out};
        own.write_counted(writer);
        own.write_passing(writer);
        return out;
    }
    bool has(std::string_view line) {
        return text().find("\n" + std::string{line} + "\n") != std::string::npos;
    }
};

const std::string labels = R"({target="prod-us",region="us-west-2",team="streaming")";

TEST_CASE_FIXTURE(OwnFixture, "what can be foreseen starts at 0") {
    const auto counters = own.add_target(target, noon);
    for (const auto* series :
         {R"(sweeps_total#,kind="live"} 0)",
          R"(sweep_failures_total#,kind="full",reason="denied"} 0)",
          R"(sweep_duration_seconds_count#,kind="live"} 0)", R"(sweeps_delayed_total#} 0)",
          R"(sweep_duplicate_sessions_total#} 0)", R"(sessions_removed_total#} 0)",
          R"(api_requests_total#,code="200",operation="ListStreamSessionsByAccount"} 0)",
          R"(api_retries_total#,operation="GetStreamSession",reason="throttled"} 0)",
          R"(api_backoff_seconds_total#,operation="GetStreamSession",reason="timeout"} 0)"}) {
        std::string expected{series};
        expected.replace(expected.find('#'), 1, labels);
        CAPTURE(expected);
        CHECK(has("gamelift_streams_" + expected));
    }
}

TEST_CASE_FIXTURE(OwnFixture, "calls and sweeps are counted under their target") {
    const auto counters = own.add_target(target, noon);
    counters->attempted("ListStreamSessionsByAccount", "200", 0.2);
    counters->attempted("ListStreamSessionsByAccount", "SomethingNewException", 0.02);
    counters->retried("ListStreamSessionsByAccount", "throttled", 1.5);
    counters->sweep_begun(poll::SweepKind::full);
    auto report = test::good_sweep(poll::SweepKind::full);
    report.duplicates = 2;
    report.failure = "timeout";
    counters->sweep_ended(report);
    counters->sweep_delayed();
    counters->sessions_removed(7);
    counters->unknown_value("Status");
    const std::string list = R"(,operation="ListStreamSessionsByAccount")";
    CHECK(has("gamelift_streams_api_requests_total" + labels + R"(,code="200")" + list + "} 1"));
    CHECK(has("gamelift_streams_api_requests_total" + labels + R"(,code="SomethingNewException")" +
              list + "} 1"));
    CHECK(has("gamelift_streams_api_request_duration_seconds_bucket" + labels + list +
              R"(,le="0.025"} 1)"));
    CHECK(has("gamelift_streams_api_request_duration_seconds_bucket" + labels + list +
              R"(,le="0.25"} 2)"));
    CHECK(has("gamelift_streams_api_backoff_seconds_total" + labels + list +
              R"(,reason="throttled"} 1.5)"));
    CHECK(has("gamelift_streams_api_retries_total" + labels + list + R"(,reason="throttled"} 1)"));
    CHECK(has("gamelift_streams_sweeps_total" + labels + R"(,kind="full"} 1)"));
    CHECK(has("gamelift_streams_sweep_failures_total" + labels +
              R"(,kind="full",reason="timeout"} 1)"));
    CHECK(has("gamelift_streams_sweep_duration_seconds_sum" + labels + R"(,kind="full"} 1.5)"));
    CHECK(has("gamelift_streams_sweep_duplicate_sessions_total" + labels + "} 2"));
    CHECK(has("gamelift_streams_sweeps_delayed_total" + labels + "} 1"));
    CHECK(has("gamelift_streams_sessions_removed_total" + labels + "} 7"));
    CHECK(has("gamelift_streams_unknown_values_total" + labels + R"(,field="Status"} 1)"));
}

TEST_CASE_FIXTURE(
    OwnFixture,
    "families of several targets stay together; a target that goes takes its own along") {
    auto one = own.add_target(target, noon);
    auto two = own.add_target({"prod-eu", "eu-central-1", {}, {}}, noon);
    const auto both = text();
    CHECK(both.find("# TYPE gamelift_streams_sweeps_total") ==
          both.rfind("# TYPE gamelift_streams_sweeps_total"));
    CHECK(both.find("prod-eu") != std::string::npos);
    two.reset();
    CHECK(text().find("prod-eu") == std::string::npos);
    CHECK(text().find("prod-us") != std::string::npos);
}

TEST_CASE_FIXTURE(OwnFixture, "the daemon itself: build, settings, answers, process") {
    CHECK(has(
        R"(gamelift_streams_exporter_build_info{compiler="GCC 12",revision="abc",version="1.2.3"} 1)"));
    own.http_foreseen("/metrics", 503);
    own.http_answered("/metrics", 200);
    own.http_answered("other", 404);
    CHECK(has(R"(gamelift_streams_exporter_http_requests_total{code="503",path="/metrics"} 0)"));
    CHECK(has(R"(gamelift_streams_exporter_http_requests_total{code="404",path="other"} 1)"));
    CHECK(has("process_cpu_seconds_total 1.25"));
    CHECK(has("process_start_time_seconds 1799999000.5"));
    CHECK(has("process_open_fds 12"));

    CHECK(has("gamelift_streams_exporter_config_last_reload_success_timestamp_seconds 1800000000"));
    own.config_loaded(false, noon + seconds{60});
    CHECK(has("gamelift_streams_exporter_config_last_reload_successful 0"));
    CHECK(has("gamelift_streams_exporter_config_last_reload_success_timestamp_seconds 1800000000"));
    own.config_loaded(true, noon + seconds{90});
    CHECK(has("gamelift_streams_exporter_config_last_reload_successful 1"));
    CHECK(has("gamelift_streams_exporter_config_last_reload_success_timestamp_seconds 1800000090"));
}

TEST_CASE_FIXTURE(OwnFixture,
                  "whatever changes the counted families is noted, and nothing else is") {
    auto counters = own.add_target(target, noon);
    auto before = own.changes();
    const auto noted = [&] { return std::exchange(before, own.changes()) != before; };
    counters->attempted("ListStreamSessionsByAccount", "200", 0.2);
    CHECK(noted());
    counters->retried("ListStreamSessionsByAccount", "throttled", 1.5);
    CHECK(noted());
    counters->sweep_begun(poll::SweepKind::live);
    CHECK(noted());
    counters->sweep_ended(test::good_sweep(poll::SweepKind::live));
    CHECK(noted());
    counters->sweep_delayed();
    CHECK(noted());
    counters->sessions_removed(1);
    CHECK(noted());
    counters->unknown_value("Status");
    CHECK(noted());
    counters->inventory_failed("denied");
    CHECK(noted());
    own.config_loaded(false, noon);
    CHECK(noted());
    own.certificate_expires(noon);
    CHECK(noted());
    own.certificate_expires({});
    CHECK(noted());
    const auto another = own.add_target(target, noon);
    CHECK(noted());
    counters.reset();
    CHECK(noted());
    own.http_answered("/metrics", 200);
    CHECK_FALSE(noted());
    CHECK_FALSE(text().empty());
    CHECK_FALSE(noted());
}

TEST_CASE_FIXTURE(OwnFixture, "OpenMetrics hears when each counter began") {
    const auto counters = own.add_target(target, noon + seconds{5});
    const auto out = text(Format::open_metrics);
    CHECK(out.find("gamelift_streams_sweeps_delayed_created" + labels + "} 1800000005\n") !=
          std::string::npos);
    CHECK(out.find("process_cpu_seconds_created 1799999000.5\n") != std::string::npos);
    CHECK(out.find("# TYPE process_cpu_seconds counter\n") != std::string::npos);
}

} // namespace
} // namespace gls::metrics
