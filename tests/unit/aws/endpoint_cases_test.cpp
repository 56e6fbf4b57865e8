// Endpoint rules against the services' own cases: GameLift Streams (9), STS (69), partitions, and
// where users configure a URL (39).
#include "aws/request/configured_endpoint.hpp"
#include "aws/request/endpoint.hpp"
#include "aws/request/partitions.hpp"
#include "shared_data.hpp"
#include "support/fake_env.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace gls::aws::test {
namespace {

using simdjson::dom::element;

EndpointQuestion question_of(element params) {
    EndpointQuestion question;
    question.region = text(params["Region"]);
    if (has(params["Endpoint"])) question.endpoint_url = text(params["Endpoint"]);
    question.use_fips = flag(params["UseFIPS"]);
    question.use_dual_stack = flag(params["UseDualStack"]);
    question.use_global_sts = flag(params["UseGlobalEndpoint"]);
    return question;
}

void run_rule_cases(const fs::path& path,
                    Result<ResolvedEndpoint> (*resolve)(const EndpointQuestion&)) {
    const JsonFile file{path};
    int count = 0;
    for (const element one : simdjson::dom::array{file.root()["testCases"]}) {
        CAPTURE(text(one["documentation"]));
        ++count;
        EndpointQuestion question;
        if (has(one["params"])) question = question_of(one["params"]);
        const auto resolved = resolve(question);
        if (has(one["expect"]["error"])) {
            REQUIRE_FALSE(resolved);
            CHECK(resolved.error().kind == ErrorKind::invalid_input);
            continue;
        }
        REQUIRE_MESSAGE(resolved, (resolved ? "" : resolved.error().message));
        CHECK(url_of(resolved->endpoint) == text(one["expect"]["endpoint"]["url"]));
        element schemes;
        if (one["expect"]["endpoint"]["properties"]["authSchemes"].get(schemes) !=
            simdjson::SUCCESS)
            continue;
        for (const element scheme : simdjson::dom::array{schemes}) {
            CHECK(resolved->signing_region == text(scheme["signingRegion"]));
            CHECK(resolved->signing_name == text(scheme["signingName"]));
        }
    }
    MESSAGE(count << " cases of " << path.filename().string());
}

TEST_CASE("the endpoint cases of GameLift Streams") {
    if (const auto path = shared("gameliftstreams/endpoint-tests-1.json"))
        run_rule_cases(*path, gamelift_streams_endpoint);
}

TEST_CASE("the endpoint cases of STS") {
    if (const auto path = shared("sts/endpoint-tests-1.json")) run_rule_cases(*path, sts_endpoint);
}

TEST_CASE("our own endpoint cases") {
    run_rule_cases(own("endpoint-cases.json"), gamelift_streams_endpoint);
}

TEST_CASE("the table of partitions is AWS's") {
    const auto path = shared("endpoints/partitions.json");
    if (!path) return;
    const JsonFile file{*path};
    for (const element one : simdjson::dom::array{file.root()["partitions"]}) {
        const std::string name = text(one["id"]);
        CAPTURE(name);
        for (const auto [region, details] : simdjson::dom::object{one["regions"]}) {
            CAPTURE(std::string{region});
            const Partition& found = partition_of(region);
            CHECK(found.name == name);
            CHECK(found.dns_suffix == text(one["outputs"]["dnsSuffix"]));
            CHECK(found.dual_stack_dns_suffix == text(one["outputs"]["dualStackDnsSuffix"]));
            CHECK(found.supports_fips == flag(one["outputs"]["supportsFIPS"]));
            CHECK(found.supports_dual_stack == flag(one["outputs"]["supportsDualStack"]));
            CHECK(found.implicit_global_region == text(one["outputs"]["implicitGlobalRegion"]));
        }
    }
}

// The rule set of these cases, which are about the function alone: https://NAME.REGION.SUFFIX,
// where the partition `aws` is called aws-partition.
TEST_CASE("the rule engine's cases of the partition function") {
    const auto path = shared("endpoints/rules-engine/test-cases/partition-fn.json");
    if (!path) return;
    const JsonFile file{*path};
    for (const element one : simdjson::dom::array{file.root()["testCases"]}) {
        CAPTURE(text(one["documentation"]));
        const std::string region = text(one["params"]["Region"]);
        const Partition& found = partition_of(region);
        std::string url{found.name == "aws" ? "https://aws-partition." : "https://"};
        if (found.name != "aws") url.append(found.name).append(".");
        url.append(region).append(".").append(found.dns_suffix);
        const element expected = one["expect"]["endpoint"];
        CHECK(text(expected["url"]) == url);
        CHECK(text(expected["properties"]["meta"]["dualStackSuffix"]) ==
              found.dual_stack_dns_suffix);
    }
    left_out("endpoints/rules-engine/test-cases/aws-region.json",
             "a template that only a rules engine fills in; it asks for no partition");
}

void add_values(Values& values, simdjson::simdjson_result<element> object) {
    element found;
    if (object.get(found) != simdjson::SUCCESS) return;
    for (const auto [key, value] : simdjson::dom::object{found}) {
        if (value.is_string()) values[std::string{key}] = std::string{std::string_view{value}};
    }
}

// botocore spells three service ids as its clients are called.
std::string service_id(std::string_view client) {
    return client == "s3" ? "S3" : client == "dynamodb" ? "DynamoDB" : std::string{client};
}

void run_configured_case(element suite, element one) {
    CAPTURE(text(one["name"]));
    gls::test::FakeEnv env;
    Values variables;
    add_values(variables, suite["environments"][text(one["environment"])]);
    for (const auto& [name, value] : variables)
        env.set(name, value);
    const element client = suite["client_configs"][text(one["client_config"])];
    if (flag(client["ignore_configured_endpoint_urls"]))
        env.set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");

    ProfileEndpoints profile;
    add_values(profile.profile, suite["profiles"][text(one["profile"])]);
    if (const auto services = profile.profile.find("services"); services != profile.profile.end()) {
        for (const auto [id, values] : simdjson::dom::object{suite["services"][services->second]}) {
            add_values(profile.services[std::string{id}], element{values});
        }
    }
    const auto question = endpoint_question(service_id(text(one["service"])), "fake-region-10",
                                            text(client["endpoint_url"]), env, profile);
    REQUIRE(question);
    const std::string expected = text(one["output"]["endpointUrl"]);
    // Without a configured URL botocore names its own resolver's answer, by rules of other
    // services.
    const bool by_rules = expected.find("fake-region-10") != std::string::npos;
    CHECK(question->endpoint_url.value_or("") == (by_rules ? "" : expected));
}

TEST_CASE("where users configure a URL") {
    const auto path = shared("endpoints/configured-endpoint-url-tests.json");
    if (!path) return;
    const JsonFile file{*path};
    int count = 0;
    for (const element suite : simdjson::dom::array{file.root()["testSuites"]}) {
        for (const element one : simdjson::dom::array{suite["endpointUrlTests"]}) {
            run_configured_case(suite, one);
            ++count;
        }
    }
    MESSAGE(count << " cases of configured endpoint URLs");
}

TEST_CASE("our service in the environment and in the services section") {
    gls::test::FakeEnv env;
    ProfileEndpoints profile;
    profile.profile["endpoint_url"] = "https://profile.example";
    CHECK(configured_endpoint_url("GameLiftStreams", env, profile) == "https://profile.example");
    profile.services["gameliftstreams"]["endpoint_url"] = "https://section.example";
    CHECK(configured_endpoint_url("GameLiftStreams", env, profile) == "https://section.example");
    env.set("AWS_ENDPOINT_URL", "https://all.example");
    CHECK(configured_endpoint_url("GameLiftStreams", env, profile) == "https://all.example");
    env.set("AWS_ENDPOINT_URL_GAMELIFTSTREAMS", "https://own.example");
    CHECK(configured_endpoint_url("GameLiftStreams", env, profile) == "https://own.example");
    env.set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    CHECK_FALSE(configured_endpoint_url("GameLiftStreams", env, profile));
}

TEST_CASE("a URL is taken whole or not at all") {
    CHECK(url_of(*parse_endpoint_url("http://127.0.0.1:8080/base/")) ==
          "http://127.0.0.1:8080/base");
    CHECK(url_of(*parse_endpoint_url("HTTPS://[::1]:443")) == "https://[::1]");
    for (const std::string wrong :
         {"", "host", "ftp://host", "https://", "https://user@host", "https://host?x",
          "https://host#x", "https://host:0", "https://host:99999", "https://10.0.0.1.example.org",
          "https://a b"}) {
        CAPTURE(wrong);
        const auto parsed = parse_endpoint_url(wrong);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().kind == ErrorKind::invalid_input);
    }
}

} // namespace
} // namespace gls::aws::test
