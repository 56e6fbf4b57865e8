// The ECS and EKS agents: the authorization token's file is replaced under us, and what goes wrong
// with it is said.
#include "aws/credentials/from_container.hpp"
#include "aws/credentials/target_credentials.hpp"
#include "unit/aws/credentials/source_fixture.hpp"

#include <string>

namespace gls::aws::test {
namespace {

using namespace gls::test;

constexpr const char* pod_keys =
    R"({"AccessKeyId": "ASIAPOD", "SecretAccessKey": "SECRET-MARKER-pod-key",)"
    R"( "Token": "SECRET-MARKER-pod-session", "Expiration": "2026-01-01T06:00:00Z"})";

struct ContainerFixture : SourceFixture {
    ContainerFixture() {
        env.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials");
        env.set("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/var/run/token");
        files.set("/var/run/token", "SECRET-MARKER-pod-token-1\n");
    }
    FromContainer source{outside()};
};

TEST_CASE_FIXTURE(ContainerFixture, "the authorization token's file is read anew for each load") {
    transport.expect("GET", "/v1/credentials")
        .header("Authorization", "SECRET-MARKER-pod-token-1")
        .reply(200, pod_keys);
    CHECK(outcome(source) == "ASIAPOD");
    files.set("/var/run/token", "SECRET-MARKER-pod-token-2\n");
    transport.expect("GET", "/v1/credentials")
        .header("Authorization", "SECRET-MARKER-pod-token-2")
        .reply(200, pod_keys);
    CHECK(outcome(source) == "ASIAPOD");
    CHECK(files.reads("/var/run/token") == 2);
}

TEST_CASE_FIXTURE(ContainerFixture, "the file counts before the variable, which needs no file") {
    env.set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "SECRET-MARKER-variable");
    std::string expected = "SECRET-MARKER-pod-token-1";
    SUBCASE("both") {}
    SUBCASE("the variable alone") {
        env.unset("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        expected = "SECRET-MARKER-variable";
    }
    transport.expect_any().header("Authorization", expected).reply(200, pod_keys);
    CHECK(outcome(source) == "ASIAPOD");
}

TEST_CASE_FIXTURE(ContainerFixture,
                  "a token file that is of no use is named, and nobody is asked") {
    std::string expected;
    SUBCASE("gone") {
        files.remove("/var/run/token");
        expected = "/var/run/token: No such file or directory";
    }
    SUBCASE("not ours to read") {
        files.refuse("/var/run/token");
        expected = "/var/run/token: Permission denied";
    }
    SUBCASE("empty") {
        files.set("/var/run/token", " \n");
        expected = "the file that AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names is empty";
    }
    SUBCASE("a header of its own in it") {
        files.set("/var/run/token", "SECRET-MARKER-a\r\nX-Evil: SECRET-MARKER-b");
        expected = "has control characters";
    }
    const std::string told = outcome(source);
    CHECK(told.starts_with("credentials: container: "));
    CHECK(told.contains("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"));
    CHECK(told.contains(expected));
}

TEST_CASE_FIXTURE(ContainerFixture, "an agent that refuses, or answers something else") {
    std::string expected;
    SUBCASE("refused") {
        transport.expect_any().reply(403, "SECRET-MARKER-echo");
        expected = "HTTP status 403: check the task's or pod's role and its token";
    }
    SUBCASE("not JSON") {
        transport.expect_any().reply(200, "<html>SECRET-MARKER-echo</html>");
        expected = "container: answer: ";
    }
    SUBCASE("without a token") {
        transport.expect_any().reply(
            200, R"({"AccessKeyId": "ASIAPOD", "SecretAccessKey": "SECRET-MARKER-pod-key"})");
        expected = "Token is missing";
    }
    CHECK(outcome(source).contains(expected));
}

TEST_CASE_FIXTURE(ContainerFixture, "an agent that falters is asked again, up to three times") {
    transport.expect_any().reply(500);
    transport.expect_any().fail(ErrorKind::timeout);
    transport.expect_any().reply(200, pod_keys);
    CHECK(outcome(source) == "ASIAPOD");
    transport.expect_any().reply(500).times(3);
    CHECK(outcome(source).starts_with("server_error: container: HTTP status 500"));
}

TEST_CASE_FIXTURE(ContainerFixture, "an agent that hangs costs its deadlines, and ends the chain") {
    const auto chain = default_chain(outside(), "", "us-west-2");
    transport.expect("GET", "/v1/credentials").fail(ErrorKind::timeout).times(3);
    CHECK(outcome(*chain).starts_with("timeout: container: ")); // and nobody asked IMDS
}

} // namespace
} // namespace gls::aws::test
