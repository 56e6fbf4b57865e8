// Which host is asked for keys, against the SDKs' own cases: containers (11) and instance metadata
// (14).
#include "aws/credentials/container_request.hpp"
#include "aws/credentials/imds_settings.hpp"
#include "support/fake_env.hpp"
#include "support/fake_files.hpp"
#include "unit/aws/shared_data.hpp"

#include <doctest/doctest.h>

#include <string>

namespace gls::aws::test {
namespace {

using gls::test::FakeEnv;
using gls::test::FakeFiles;
using simdjson::dom::element;

FakeEnv env_of(element variables) {
    FakeEnv env;
    for (const auto [name, value] : simdjson::dom::object{variables}) {
        env.set(std::string{name}, std::string{std::string_view{value}});
    }
    return env;
}

std::string url_of(const Endpoint& endpoint, const std::string& target) {
    return endpoint.scheme + "://" + host_header(endpoint) + target;
}

void run_container_cases(const fs::path& path) {
    const JsonFile file{path};
    for (const element one : simdjson::dom::array{file.root()["tests"]}) {
        CAPTURE(text(one["docs"]));
        const auto request = container_request(env_of(one["env"]));
        if (!has(one["result"]["Ok"])) {
            CHECK_FALSE(request);
            continue;
        }
        REQUIRE_MESSAGE(request, (request ? "" : request.error().message));
        CHECK(url_of(request->endpoint, request->target) == text(one["result"]["Ok"]));
        CHECK_FALSE(request->may_use_proxy);
    }
}

TEST_CASE("the SDKs' container hosts") {
    if (const auto path = shared("credentials/ecs-tests.json")) run_container_cases(*path);
}

TEST_CASE("our own container hosts") {
    run_container_cases(own("credentials/container-hosts.json"));
}

TEST_CASE("the SDKs' instance metadata endpoints") {
    const auto path = shared("credentials/imds-endpoint-tests.json");
    if (!path) return;
    const JsonFile file{*path};
    for (const element one : simdjson::dom::array{file.root()["tests"]}) {
        CAPTURE(text(one["docs"]));
        const FakeEnv env = env_of(one["env"]);
        FakeFiles files;
        for (const auto [name, content] : simdjson::dom::object{one["fs"]}) {
            files.set(std::string{name}, std::string{std::string_view{content}});
        }
        const auto config = load_shared_config(env, files, "");
        REQUIRE(config);
        ImdsWishes wishes;
        if (has(one["endpoint_override"])) wishes.endpoint = text(one["endpoint_override"]);
        if (has(one["mode_override"])) wishes.mode = text(one["mode_override"]);
        const auto settings = imds_settings(env, *config, wishes);
        if (!has(one["result"]["Ok"])) {
            CHECK_FALSE(settings);
            continue;
        }
        REQUIRE_MESSAGE(settings, (settings ? "" : settings.error().message));
        const auto& endpoint = settings->endpoint;
        CHECK(url_of(endpoint, endpoint.base_path + "/latest/api/token") ==
              text(one["result"]["Ok"]));
    }
}

TEST_CASE("version 1 of instance metadata is used only where it was asked for") {
    const FakeFiles files;
    FakeEnv env;
    const auto settings = [&] { return imds_settings(env, *load_shared_config(env, files, "")); };
    CHECK_FALSE(settings()->may_use_version_1);
    env.set("AWS_EC2_METADATA_V1_DISABLED", "false");
    CHECK(settings()->may_use_version_1);
    env.set("AWS_EC2_METADATA_DISABLED", "true");
    REQUIRE_FALSE(settings());
    CHECK(settings().error().kind == ErrorKind::not_configured);
}

} // namespace
} // namespace gls::aws::test
