// Roles: what STS is asked, and that each of its refusals says whose it is, which role it was about
// and what to do.
#include "aws/credentials/from_profile.hpp"
#include "aws/credentials/from_web_identity.hpp"
#include "unit/aws/credentials/source_fixture.hpp"

#include <string>

namespace gls::aws::test {
namespace {

using namespace gls::test;

struct StsFixture : SourceFixture {
    StsFixture() {
        env.set("HOME", "/me");
        files.set("/me/.aws/config", "[profile game]\n"
                                     "role_arn = arn:aws:iam::111122223333:role/monitor\n"
                                     "source_profile = base\n"
                                     "external_id = game & watch\n"
                                     "duration_seconds = 900\n"
                                     "[profile pod]\n"
                                     "role_arn = arn:aws:iam::111122223333:role/pod\n"
                                     "web_identity_token_file = /var/run/jwt\n");
        files.set("/me/.aws/credentials", "[base]\n"
                                          "aws_access_key_id = AKIDBASE\n"
                                          "aws_secret_access_key = SECRET-MARKER-base-key\n");
        files.set("/var/run/jwt", "SECRET-MARKER-header.claims.signature\n");
    }
    FromProfile game{outside(), "game", "eu-west-1"};
    FromProfile pod{outside(), "pod", "eu-west-1"};
    const std::string game_place = "profile [game] of /me/.aws/config or /me/.aws/credentials: "
                                   "assuming arn:aws:iam::111122223333:role/monitor: AssumeRole: ";
    const std::string pod_place = "profile [pod] of /me/.aws/config or /me/.aws/credentials: "
                                  "web identity: AssumeRoleWithWebIdentity: ";
};

TEST_CASE_FIXTURE(StsFixture, "a role is asked for at the region's STS, with all that it wants") {
    transport.expect("POST", "/")
        .host("sts.eu-west-1.amazonaws.com")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("Action=AssumeRole&Version=2011-06-15"
              "&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fmonitor"
              "&RoleSessionName=gamelift-streams-exporter"
              "&ExternalId=game%20%26%20watch&DurationSeconds=900")
        .check([](const HttpRequest& request) {
            CHECK(ScriptedTransport::header_of(request, "Authorization")
                      .contains("Credential=AKIDBASE/20260101/eu-west-1/sts/aws4_request"));
        })
        .reply(200, assumed_role("AssumeRole", "ASIAROLE", "2026-01-01T01:00:00Z"));
    const auto loaded = load(game);
    REQUIRE(loaded);
    CHECK(loaded->access_key_id == "ASIAROLE");
    CHECK(loaded->account_id == "111122223333");
    CHECK(loaded->source == "assume_role");
}

TEST_CASE_FIXTURE(StsFixture,
                  "the path of an STS endpoint of one's own goes before the request's") {
    env.set("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:4566/custom");
    transport.expect("POST", "/custom/")
        .host("127.0.0.1")
        .reply(200, assumed_role("AssumeRole", "ASIAROLE", "2026-01-01T01:00:00Z"));
    CHECK(outcome(game) == "ASIAROLE");
}

TEST_CASE_FIXTURE(StsFixture, "a web identity needs no signature, and its file is read each time") {
    for (const std::string token : {"SECRET-MARKER-jwt-1", "SECRET-MARKER-jwt-2"}) {
        files.set("/var/run/jwt", token + "\n");
        transport.expect("POST", "/")
            .check([token](const HttpRequest& request) {
                CHECK(request.body.ends_with("&WebIdentityToken=" + token));
                CHECK_FALSE(request.header("Authorization"));
            })
            .reply(200,
                   assumed_role("AssumeRoleWithWebIdentity", "ASIAPOD", "2026-01-01T01:00:00Z"));
        CHECK(outcome(pod) == "ASIAPOD");
    }
}

TEST_CASE_FIXTURE(StsFixture, "what STS refuses about a role") {
    int status = 403;
    int times = 1;
    std::string code;
    std::string reason = "denied";
    std::string advice;
    SUBCASE("not allowed") {
        code = "AccessDenied";
        advice = "allow sts:AssumeRole on this role in the caller's IAM policy, and the caller in "
                 "the role's trust policy";
    }
    SUBCASE("an unknown key") {
        code = "InvalidClientTokenId";
        advice = "check that the access key exists, is active and belongs to this partition";
    }
    SUBCASE("a wrong key") {
        code = "SignatureDoesNotMatch";
        advice = "check the secret access key, the region and this machine's clock";
    }
    SUBCASE("a region that is turned off") {
        code = "RegionDisabledException";
        advice = "the region";
    }
    SUBCASE("base keys that have expired") {
        code = "ExpiredToken";
        reason = "credentials";
        times = 2; // whoever holds the keys is told, and asked again
        advice = "renew the keys where they come from";
    }
    SUBCASE("a mistake in the request") {
        status = 400;
        code = "ValidationError";
        reason = "credentials";
        advice = "1 validation error";
    }
    SUBCASE("throttled to the end") {
        status = 400;
        code = "Throttling";
        reason = "throttled";
        times = 3;
        advice = "Throttling";
    }
    transport.expect_any()
        .reply(status, sts_error(code, "1 validation error of SECRET-MARKER-base-key"))
        .times(times);
    const std::string told = outcome(game);
    CHECK(told.starts_with(reason + ": " + game_place + code));
    CHECK(told.contains(advice));
    CHECK(told.contains("of <secret>"));
    CHECK(told.contains("request id 5f2c1d9e-0b7a-4c68-8a35-e1d4f7b2c690"));
}

TEST_CASE_FIXTURE(StsFixture, "what STS refuses about a web identity") {
    int status = 400;
    const int times = 1;
    std::string code;
    SUBCASE("a token that is too old") {
        code = "ExpiredTokenException";
    }
    SUBCASE("a token that is none") {
        code = "InvalidIdentityToken";
    }
    SUBCASE("a trust policy that does not name it") {
        status = 403;
        code = "AccessDenied";
    }
    transport.expect_any()
        .reply(status, sts_error(code, "no: SECRET-MARKER-header.claims.signature"))
        .times(times);
    const std::string told = outcome(pod);
    CHECK(told.contains(pod_place + code + ": no: <secret>"));
    CHECK(told.contains("check that the token file is kept current, and that the role's trust "
                        "policy names the token's issuer, subject and audience"));
    CHECK_FALSE(told.contains("IAM policy")); // nobody's policy allows this call: it is unsigned
}

TEST_CASE_FIXTURE(StsFixture,
                  "a long secret that AWS quotes is hidden, however short the quote is") {
    std::string token{"SECRET-MARKER-"};
    while (token.size() < 2000)
        token += std::to_string(token.size());
    files.set("/var/run/jwt", token);
    transport.expect_any().reply(400,
                                 sts_error("InvalidIdentityToken", "no: " + token + " at all"));
    const auto loaded = load(pod);
    REQUIRE_FALSE(loaded);
    CHECK_FALSE(loaded.error().message.contains(token.substr(20, 16)));
    CHECK(loaded.error().message.contains("no: <secret>"));
}

TEST_CASE_FIXTURE(StsFixture, "answers of STS that are not what they should be") {
    std::string expected;
    SUBCASE("no XML") {
        transport.expect_any().reply(200, "SECRET-MARKER-echo");
        expected = "without AccessKeyId";
    }
    SUBCASE("no expiration") {
        transport.expect_any().reply(200, assumed_role("AssumeRole", "ASIAROLE", "soon"));
        expected = "without a readable Expiration";
    }
    SUBCASE("a proxy's page") {
        transport.expect_any().reply(403, "<html>SECRET-MARKER-echo</html>",
                                     {{"Content-Type", "text/html"}});
        expected = "HTTP 403 without an AWS error in it (text/html)";
    }
    const std::string told = outcome(game);
    CHECK(told.contains("profile [game]"));
    CHECK(told.contains("role/monitor"));
    CHECK(told.contains(expected));
}

TEST_CASE_FIXTURE(StsFixture, "the web identity of the environment and its mistakes") {
    FromWebIdentity source{outside(), "", "eu-west-1"};
    CHECK(outcome(source).contains("AWS_WEB_IDENTITY_TOKEN_FILE is not set"));
    env.set("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/gone");
    CHECK(outcome(source).contains("AWS_ROLE_ARN is not: set both"));
    env.set("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/pod");
    CHECK(outcome(source).contains("web identity token file: /var/run/gone: No such file"));
    files.set("/var/run/gone", "\n");
    CHECK(outcome(source).contains("the token file /var/run/gone is empty"));
}

} // namespace
} // namespace gls::aws::test
