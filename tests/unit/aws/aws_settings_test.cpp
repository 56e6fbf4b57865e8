// What users set for every AWS tool: retries, endpoint switches, and how we introduce ourselves.
#include "aws/request/configured_endpoint.hpp"
#include "aws/request/user_agent.hpp"
#include "aws/retry/retry_settings.hpp"
#include "support/fake_env.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace gls::aws {
namespace {

using gls::test::FakeEnv;

TEST_CASE(
    "retries: ours, then the environment, then the profile, then adaptive with five attempts") {
    FakeEnv env;
    Values profile;
    CHECK(retry_settings({}, env, profile) == RetrySettings{RetryMode::adaptive, 5});
    profile = {{"retry_mode", "standard"}, {"max_attempts", "2"}};
    CHECK(retry_settings({}, env, profile) == RetrySettings{RetryMode::standard, 2});
    env.set("AWS_RETRY_MODE", "adaptive");
    env.set("AWS_MAX_ATTEMPTS", "7");
    CHECK(retry_settings({}, env, profile) == RetrySettings{RetryMode::adaptive, 7});
    CHECK(retry_settings(3, env, profile) == RetrySettings{RetryMode::adaptive, 3});
    env.set("AWS_RETRY_MODE", "legacy");
    CHECK(retry_settings(3, env, profile)->mode == RetryMode::standard);
}

TEST_CASE("retries: a wrong value is named, not guessed") {
    FakeEnv env;
    for (const char* wrong : {"0", "-1", "five", "5x", "101", "99999999999"}) {
        CAPTURE(wrong);
        env.set("AWS_MAX_ATTEMPTS", wrong);
        const auto settings = retry_settings({}, env, {});
        REQUIRE_FALSE(settings);
        CHECK(settings.error().kind == ErrorKind::invalid_input);
        CHECK(settings.error().message.starts_with("AWS_MAX_ATTEMPTS"));
    }
    env.set("AWS_MAX_ATTEMPTS", "");
    CHECK(retry_settings({}, env, {}));
    const auto mode = retry_settings({}, env, {{"retry_mode", "eager"}});
    REQUIRE_FALSE(mode);
    CHECK(mode.error().message == "retry_mode of the profile must be adaptive, standard or legacy");
}

TEST_CASE("endpoint switches come from the environment, then the profile") {
    FakeEnv env;
    ProfileEndpoints profile;
    profile.profile = {{"use_fips_endpoint", "true"},
                       {"use_dualstack_endpoint", "TRUE"},
                       {"sts_regional_endpoints", "legacy"}};
    auto question = endpoint_question("STS", "us-east-1", "", env, profile);
    REQUIRE(question);
    CHECK(question->use_fips);
    CHECK(question->use_dual_stack);
    CHECK(question->use_global_sts);
    env.set("AWS_USE_FIPS_ENDPOINT", "false");
    env.set("AWS_STS_REGIONAL_ENDPOINTS", "regional");
    question = endpoint_question("STS", "us-east-1", "", env, profile);
    REQUIRE(question);
    CHECK_FALSE(question->use_fips);
    CHECK_FALSE(question->use_global_sts);
    env.set("AWS_USE_DUALSTACK_ENDPOINT", "yes");
    question = endpoint_question("STS", "us-east-1", "", env, profile);
    REQUIRE_FALSE(question);
    CHECK(question.error().message == "AWS_USE_DUALSTACK_ENDPOINT must be true or false");
}

TEST_CASE(
    "our own setting goes before everything, the switch that ignores configured URLs included") {
    const FakeEnv env{{{"AWS_ENDPOINT_URL", "https://env.example"},
                       {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}}};
    const auto question =
        endpoint_question("GameLiftStreams", "us-east-1", "https://own.example", env, {});
    REQUIRE(question);
    CHECK(question->endpoint_url == "https://own.example");
    CHECK_FALSE(endpoint_question("GameLiftStreams", "us-east-1", "", env, {})->endpoint_url);
}

TEST_CASE("a service id of two words, and blank variables") {
    const FakeEnv env{
        {{"AWS_ENDPOINT_URL_SSO_OIDC", "https://oidc.example"}, {"AWS_ENDPOINT_URL", "  "}}};
    CHECK(configured_endpoint_url("SSO OIDC", env, {}) == "https://oidc.example");
    CHECK_FALSE(configured_endpoint_url("SSO", env, {}));
}

TEST_CASE(
    "User-Agent says who, for which service and how it retries, in the characters AWS allows") {
    CHECK(user_agent("1.2.0", "gameliftstreams", RetryMode::adaptive) ==
          "gamelift_streams_exporter/1.2.0 ua/2.1 os/linux lang/c++ api/gameliftstreams "
          "cfg/retry-mode#adaptive");
    CHECK(user_agent("1 (dirty)\r\nX: y", "sts", RetryMode::standard)
              .starts_with("gamelift_streams_exporter/1--dirty---X--y ua/2.1"));
}

} // namespace
} // namespace gls::aws
