// The command line: what each flag means, and the one line that each mistake gets.
#include "app/arguments/arguments.hpp"
#include "app/arguments/build_info.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace gls;
using namespace gls::app;

namespace {

std::variant<Arguments, Exit> parse(std::vector<const char*> words) {
    return parse_arguments(words);
}

Arguments run(const std::vector<const char*>& words) {
    auto parsed = parse(words);
    if (const auto* exit = std::get_if<Exit>(&parsed)) {
        FAIL(exit->error);
        return {};
    }
    return std::get<Arguments>(std::move(parsed));
}

std::string error(const std::vector<const char*>& words) {
    const auto parsed = parse(words);
    const auto* exit = std::get_if<Exit>(&parsed);
    if (exit == nullptr) return "(runs)";
    CHECK(exit->code == 1);
    CHECK(exit->output.empty());
    CHECK(exit->error.find('\n') == std::string::npos);
    return exit->error;
}

} // namespace

TEST_CASE("without flags the daemon serves with the documented defaults") {
    const auto arguments = run({});
    CHECK(arguments.mode == Mode::serve);
    CHECK_FALSE(arguments.config_file);
    REQUIRE(arguments.listen_addresses.size() == 1);
    CHECK(arguments.listen_addresses[0] == web::ListenAddress{"", 10131});
    CHECK(arguments.telemetry_path == "/metrics");
    CHECK_FALSE(arguments.web_config_file);
    CHECK_FALSE(arguments.health_address);
    CHECK_FALSE(arguments.systemd_socket);
    CHECK_FALSE(arguments.lifecycle_enabled);
    CHECK(arguments.max_requests == 40);
    CHECK(arguments.log_level == LogLevel::info);
    CHECK(arguments.log_format == LogFormat::logfmt);
}

TEST_CASE("every flag is taken with = and with a blank") {
    const std::vector<std::pair<std::string, std::string>> flags{
        {"--config.file", "a.yml"},     {"--web.listen-address", "[::1]:0"},
        {"--web.telemetry-path", "/m"}, {"--web.config.file", "web.yml"},
        {"--web.health-address", ":9"}, {"--web.max-requests", "7"},
        {"--log.level", "debug"},       {"--log.format", "json"},
    };
    std::vector<std::string> joined;
    std::vector<const char*> equals;
    std::vector<const char*> blanks;
    for (const auto& [flag, value] : flags)
        joined.emplace_back(flag).append("=").append(value);
    for (std::size_t i = 0; i < flags.size(); ++i) {
        equals.push_back(joined[i].c_str());
        blanks.push_back(flags[i].first.c_str());
        blanks.push_back(flags[i].second.c_str());
    }
    for (const auto& words : {equals, blanks}) {
        const auto arguments = run(words);
        CHECK(arguments.config_file == "a.yml");
        CHECK(arguments.listen_addresses == std::vector{web::ListenAddress{"::1", 0}});
        CHECK(arguments.telemetry_path == "/m");
        CHECK(arguments.web_config_file == "web.yml");
        CHECK(arguments.health_address == web::ListenAddress{"", 9});
        CHECK(arguments.max_requests == 7);
        CHECK(arguments.log_level == LogLevel::debug);
        CHECK(arguments.log_format == LogFormat::json);
    }
}

TEST_CASE("switches, repeated addresses and modes") {
    const auto switched = run({"--web.systemd-socket", "--web.enable-lifecycle=true"});
    CHECK(switched.systemd_socket);
    CHECK(switched.lifecycle_enabled);
    CHECK_FALSE(run({"--web.enable-lifecycle=false"}).lifecycle_enabled);

    const auto two = run({"--web.listen-address", ":1", "--web.listen-address=127.0.0.1:2"});
    CHECK(two.listen_addresses ==
          std::vector{web::ListenAddress{"", 1}, web::ListenAddress{"127.0.0.1", 2}});

    CHECK(run({"--once"}).mode == Mode::once);
    CHECK(run({"--config.check"}).mode == Mode::check_config);
    CHECK(run({"--config.print", "--config.file=x"}).mode == Mode::print_config);
}

TEST_CASE("--help and --version print and end well, whatever else is given") {
    for (const char* flag : {"--help", "-h"}) {
        const auto parsed = parse({flag, "--log.level=loud"});
        REQUIRE(std::holds_alternative<Exit>(parsed));
        const auto& exit = std::get<Exit>(parsed);
        CHECK(exit.code == 0);
        CHECK(exit.error.empty());
        for (const char* word :
             {"Settings:", "Web:", "Logging:", "--config.file", "--config.check", "--config.print",
              "--once", "--web.listen-address", "--web.telemetry-path", "--web.config.file",
              "--web.systemd-socket", "--web.health-address", "--web.enable-lifecycle",
              "--web.max-requests", "--log.level", "--log.format", "--version"}) {
            CAPTURE(word);
            CHECK(exit.output.find(word) != std::string::npos);
        }
    }
    const auto parsed = parse({"--version"});
    REQUIRE(std::holds_alternative<Exit>(parsed));
    CHECK(std::get<Exit>(parsed).code == 0);
    CHECK(std::get<Exit>(parsed).output == version_text(build_info()));
    CHECK(version_text({"1.2.3", "abc", "2026-11-24", "GNU 12"}) ==
          "gamelift_streams_exporter, version 1.2.3 (revision abc)\n"
          "  build date  2026-11-24\n"
          "  compiler    GNU 12\n");
    CHECK_FALSE(build_info().version.empty());
    CHECK_FALSE(build_info().compiler.empty());
}

TEST_CASE("a bad flag ends with one line that names it and what would be right") {
    CHECK(error({"--web.listen-adress=:1"}) ==
          R"("--web.listen-adress" is not a flag; did you mean --web.listen-address?)");
    CHECK(error({"--frobnicate"}) == R"("--frobnicate" is not a flag; --help lists them all)");
    CHECK(error({"-x"}) == R"("-x" is not a flag; --help lists them all)");
    CHECK(error({"config.yml"}) ==
          R"("config.yml" is not expected here; every flag begins with --, and --help lists them)");
    CHECK(error({"--config.file"}) == "--config.file: needs a value");
    CHECK(error({"--config.file="}) == "--config.file: needs a value");
    CHECK(error({"--config.file", ""}) == "--config.file: needs a value");
    CHECK(error({"--config.file", "--frobnicate"}) == "--config.file: needs a value");
    CHECK(error({"--log.level=info", "--log.level=warn"}) == "--log.level: given more than once");
    CHECK(error({"--log.level=loud"}) ==
          R"(--log.level: "loud" is not one of debug, info, warn, error)");
    CHECK(error({"--log.format=xml"}) == R"(--log.format: "xml" is not one of logfmt, json)");
    CHECK(error({"--web.max-requests=0"}) ==
          R"(--web.max-requests: "0" is not a whole number from 1 to 10000)");
    for (const char* word :
         {"--web.max-requests=-1", "--web.max-requests=4x", "--web.max-requests=10001",
          "--web.max-requests=99999999999999999999", "--web.max-requests=1.5"}) {
        CAPTURE(word);
        CHECK(error({word}).starts_with("--web.max-requests: "));
    }
    CHECK(error({"--web.enable-lifecycle=maybe"}) ==
          "--web.enable-lifecycle: takes no value, or true or false");
    CHECK(error({"--once", "--config.check"}) ==
          "--config.check, --config.print, --once: only one of them at a time");
    CHECK(
        error({"--web.telemetry-path=metrics"}) ==
        R"(--web.telemetry-path: "metrics" is not a path; write it as /metrics, without blanks, %, ? or #)");
    for (const char* word : {"--web.telemetry-path=/", "--web.telemetry-path=/-/ready",
                             "--web.telemetry-path=/api/v1/status", "--web.telemetry-path=/a b",
                             "--web.telemetry-path=/a?b", "--web.telemetry-path=/a%20b"}) {
        CAPTURE(word);
        CHECK(error({word}).starts_with("--web.telemetry-path: "));
    }
    for (const char* word :
         {"--web.listen-address=10131", "--web.listen-address=:x", "--web.listen-address=:65536",
          "--web.listen-address=[::1", "--web.listen-address=[::1]"}) {
        CAPTURE(word);
        CHECK(error({word}).starts_with("--web.listen-address: "));
    }
    CHECK(error({"--web.health-address=nowhere"}).starts_with("--web.health-address: "));
}

TEST_CASE("control characters of a hostile command line are not passed on") {
    CHECK(error({"--log.level=a\nb"}) ==
          R"(--log.level: "a\nb" is not one of debug, info, warn, error)");
}
