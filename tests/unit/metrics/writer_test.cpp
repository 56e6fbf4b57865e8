#include "metrics/writer.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>

namespace gls::metrics {
namespace {

constexpr Family gauge{Id::up, Type::gauge, Scope::process, "depth", "", "How \"deep\" it is.\\n"};
constexpr Family counter{Id::sweeps, Type::counter, Scope::process, "events_total", "", "Events."};
constexpr Family histogram{
    Id::sweep_duration, Type::histogram, Scope::process, "wait_seconds", "", "Waits."};

std::string written(Format format, auto write) {
    std::string out;
    Writer writer{format, out};
    write(writer);
    writer.end();
    return out;
}

std::string number(double value) {
    auto text = written(Format::text, [&](Writer& w) {
        w.family(gauge);
        w.sample({}, {}, value);
    });
    text.pop_back();
    return text.substr(text.rfind(' ') + 1);
}

TEST_CASE("a gauge in both formats") {
    const auto write = [](Writer& w) {
        w.family(gauge);
        w.sample("a=\"1\"", {{"b", "x\\y\n\"z\""}}, 2);
        w.sample({}, {}, 0.5);
    };
    CHECK(written(Format::text, write) == "# HELP depth How \"deep\" it is.\\\\n\n"
                                          "# TYPE depth gauge\n"
                                          "depth{a=\"1\",b=\"x\\\\y\\n\\\"z\\\"\"} 2\n"
                                          "depth 0.5\n");
    CHECK(written(Format::open_metrics, write) == "# HELP depth How \\\"deep\\\" it is.\\\\n\n"
                                                  "# TYPE depth gauge\n"
                                                  "depth{a=\"1\",b=\"x\\\\y\\n\\\"z\\\"\"} 2\n"
                                                  "depth 0.5\n"
                                                  "# EOF\n");
}

TEST_CASE("OpenMetrics names a counter without _total and tells when it began") {
    const auto write = [](Writer& w) {
        w.family(counter);
        w.sample({}, {{"kind", "live"}}, 3, WallTime{milliseconds{1'500}});
    };
    CHECK(written(Format::text, write) == "# HELP events_total Events.\n"
                                          "# TYPE events_total counter\n"
                                          "events_total{kind=\"live\"} 3\n");
    CHECK(written(Format::open_metrics, write) == "# HELP events Events.\n"
                                                  "# TYPE events counter\n"
                                                  "events_total{kind=\"live\"} 3\n"
                                                  "events_created{kind=\"live\"} 1.5\n"
                                                  "# EOF\n");
}

TEST_CASE("a histogram's bounds are written as floats in both formats") {
    const std::array buckets{Bucket{0.5, 1}, Bucket{10, 3},
                             Bucket{std::numeric_limits<double>::infinity(), 4}};
    const auto write = [&](Writer& w) {
        w.family(histogram);
        w.histogram("t=\"x\"", {}, buckets, 12.25, WallTime{});
    };
    const std::string lines = "wait_seconds_bucket{t=\"x\",le=\"0.5\"} 1\n"
                              "wait_seconds_bucket{t=\"x\",le=\"10.0\"} 3\n"
                              "wait_seconds_bucket{t=\"x\",le=\"+Inf\"} 4\n"
                              "wait_seconds_sum{t=\"x\"} 12.25\n"
                              "wait_seconds_count{t=\"x\"} 4\n";
    const std::string head = "# HELP wait_seconds Waits.\n# TYPE wait_seconds histogram\n";
    CHECK(written(Format::text, write) == head + lines);
    CHECK(written(Format::open_metrics, write) ==
          head + lines + "wait_seconds_created{t=\"x\"} 0\n# EOF\n");
}

TEST_CASE("a family without samples leaves no trace, and one that goes on is announced once") {
    CHECK(written(Format::text, [](Writer& w) { w.family(gauge); }).empty());
    const auto text = written(Format::text, [](Writer& w) {
        w.family(gauge);
        w.sample({}, {}, 1);
        w.family(gauge);
        w.sample("a=\"1\"", {}, 1);
    });
    CHECK(text.find("# TYPE") == text.rfind("# TYPE"));
}

TEST_CASE("numbers") {
    CHECK(number(0) == "0");
    CHECK(number(1'000'000) == "1000000");
    CHECK(number(-3) == "-3");
    CHECK(number(1'800'000'000.125) == "1800000000.125");
    CHECK(number(0.1) == "0.1");
    CHECK(number(1e300) == "1e+300");
    CHECK(number(std::numeric_limits<double>::quiet_NaN()) == "NaN");
    CHECK(number(std::numeric_limits<double>::infinity()) == "+Inf");
    CHECK(number(-std::numeric_limits<double>::infinity()) == "-Inf");
}

} // namespace
} // namespace gls::metrics
