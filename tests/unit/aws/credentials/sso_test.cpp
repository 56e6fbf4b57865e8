// IAM Identity Center: the token that `aws sso login` left is renewed where that is possible, and
// written back for the CLI and for our next start.
#include "aws/credentials/from_profile.hpp"
#include "aws/credentials/sso_token.hpp"
#include "unit/aws/credentials/source_fixture.hpp"

#include <string>

namespace gls::aws::test {
namespace {

using namespace gls::test;

constexpr const char* portal = "/federation/credentials?account_id=111122223333&role_name=monitor";
constexpr const char* role_json =
    R"({"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "SECRET-MARKER-sso-key",)"
    R"( "sessionToken": "SECRET-MARKER-sso-session", "expiration": 1767229200000}})";
constexpr const char* renewed_json =
    R"({"accessToken": "SECRET-MARKER-access-2", "expiresIn": 3600, "tokenType": "Bearer",)"
    R"( "refreshToken": "SECRET-MARKER-refresh-2"})";

struct SsoFixture : SourceFixture {
    SsoFixture() {
        env.set("HOME", "/me");
        files.set("/me/.aws/config", "[profile corp]\n"
                                     "sso_session = corp\n"
                                     "sso_account_id = 111122223333\n"
                                     "sso_role_name = monitor\n"
                                     "[sso-session corp]\n"
                                     "sso_region = eu-west-1\n"
                                     "sso_start_url = https://corp.example/start\n");
    }
    void log_in(const std::string& expires_at, const std::string& registration_ends) {
        files.set(cache, R"({"startUrl": "https://corp.example/start", "region": "eu-west-1",)"
                         R"( "accessToken": "SECRET-MARKER-access-1", "expiresAt": ")" +
                             expires_at +
                             R"(", "clientId": "client", "clientSecret": "SECRET-MARKER-client",)"
                             R"( "registrationExpiresAt": ")" +
                             registration_ends +
                             R"(", "refreshToken": "SECRET-MARKER-refresh-1"})");
    }
    ScriptedTransport::Step& expect_renewal() {
        return transport.expect("POST", "/token")
            .host("oidc.eu-west-1.amazonaws.com")
            .check([](const HttpRequest& request) {
                CHECK(request.body.contains(R"("grantType": "refresh_token")"));
                CHECK(request.body.contains("SECRET-MARKER-refresh-1"));
                CHECK(request.body.contains("SECRET-MARKER-client"));
                CHECK_FALSE(request.header("Authorization"));
            });
    }
    ScriptedTransport::Step& expect_role(const std::string& token) {
        return transport.expect("GET", portal)
            .host("portal.sso.eu-west-1.amazonaws.com")
            .header("x-amz-sso_bearer_token", token);
    }

    const std::string cache = "/me/.aws/sso/cache/" + sso_cache_file_name("corp");
    FromProfile source{outside(), "corp", "us-west-2"};
};

TEST_CASE_FIXTURE(SsoFixture, "a token that is good is used as it is") {
    log_in("2026-01-01T08:00:00Z", "2026-03-01T00:00:00Z");
    expect_role("SECRET-MARKER-access-1").reply(200, role_json);
    const auto loaded = load(source);
    REQUIRE(loaded);
    CHECK(loaded->access_key_id == "ASIASSO");
    CHECK(loaded->account_id == "111122223333");
    CHECK(loaded->source == "sso");
    CHECK(*loaded->expires_at == clock.now() + std::chrono::hours{1});
}

TEST_CASE_FIXTURE(SsoFixture, "an expired token is renewed, and the cache holds the new one") {
    log_in("2025-12-31T23:00:00Z", "2026-03-01T00:00:00Z");
    expect_renewal().reply(200, renewed_json);
    expect_role("SECRET-MARKER-access-2").reply(200, role_json);
    CHECK(outcome(source) == "ASIASSO");

    const std::string& written = files.contents().at(cache);
    const auto token = parse_sso_token(written);
    REQUIRE(token);
    CHECK(token->access_token.reveal() == "SECRET-MARKER-access-2");
    CHECK(token->refresh_token.reveal() == "SECRET-MARKER-refresh-2");
    CHECK(token->expires_at == clock.now() + std::chrono::hours{1});
    CHECK(written.contains("2026-01-01T01:00:00Z")); // as the CLI spells times
    CHECK(token->client_secret.reveal() == "SECRET-MARKER-client");
    CHECK(written.contains("https://corp.example/start")); // members that are not ours stay

    // The next load finds it there: no second renewal.
    expect_role("SECRET-MARKER-access-2").reply(200, role_json);
    CHECK(outcome(source) == "ASIASSO");
}

TEST_CASE_FIXTURE(SsoFixture, "five minutes ahead it is renewed, and goes on if that fails") {
    log_in("2026-01-01T00:03:00Z", "2026-03-01T00:00:00Z");
    SUBCASE("renewed") {
        expect_renewal().reply(200, renewed_json);
        expect_role("SECRET-MARKER-access-2").reply(200, role_json);
    }
    SUBCASE("no answer") {
        expect_renewal().fail(ErrorKind::timeout).times(3);
        expect_role("SECRET-MARKER-access-1").reply(200, role_json);
    }
    SUBCASE("refused") {
        expect_renewal().reply(400, R"({"error": "invalid_grant"})",
                               {{"x-amzn-ErrorType", "InvalidGrantException"}});
        expect_role("SECRET-MARKER-access-1").reply(200, role_json);
    }
    SUBCASE("not to be renewed: the client's registration has ended") {
        log_in("2026-01-01T00:03:00Z", "2025-12-31T00:00:00Z");
        expect_role("SECRET-MARKER-access-1").reply(200, role_json);
    }
    CHECK(outcome(source) == "ASIASSO");
}

TEST_CASE_FIXTURE(SsoFixture, "a refresh token that somebody else has used up: theirs is taken") {
    log_in("2025-12-31T23:00:00Z", "2026-03-01T00:00:00Z");
    expect_renewal()
        .check([this](const HttpRequest&) {
            files.set(cache, R"({"accessToken": "SECRET-MARKER-access-of-the-cli",)"
                             R"( "expiresAt": "2026-01-01T01:00:00Z"})");
        })
        .reply(400, "{}", {{"x-amzn-ErrorType", "InvalidGrantException"}});
    expect_role("SECRET-MARKER-access-of-the-cli").reply(200, role_json);
    CHECK(outcome(source) == "ASIASSO");
}

TEST_CASE_FIXTURE(SsoFixture, "a cache that cannot be written is said, and the new token is used") {
    log_in("2025-12-31T23:00:00Z", "2026-03-01T00:00:00Z");
    files.refuse_writing(cache);
    expect_renewal().reply(200, renewed_json);
    expect_role("SECRET-MARKER-access-2").reply(200, role_json);
    CHECK(outcome(source) == "ASIASSO");
    CHECK(log.last("sso_token_not_saved")["error"] == cache + ": Permission denied");
}

TEST_CASE_FIXTURE(SsoFixture, "where nothing but a login helps, that is what is said") {
    std::string expected;
    SUBCASE("never logged in") {
        expected = cache + ": No such file or directory";
    }
    SUBCASE("a cache that is not one") {
        files.set(cache, R"(["SECRET-MARKER-access-1"])");
        expected = "token cache " + cache;
    }
    SUBCASE("expired and not renewable") {
        files.set(cache, R"({"accessToken": "SECRET-MARKER-access-1",)"
                         R"( "expiresAt": "2025-12-31T23:00:00Z"})");
        expected = cache + ": it has expired";
    }
    SUBCASE("expired and refused") {
        log_in("2025-12-31T23:00:00Z", "2026-03-01T00:00:00Z");
        expect_renewal().reply(
            400, R"({"error": "invalid_grant", "message": "SECRET-MARKER-refresh-1 is used up"})",
            {{"x-amzn-ErrorType", "InvalidGrantException"}});
        expected = "could not be renewed (CreateToken: InvalidGrantException: <secret> is used up";
    }
    SUBCASE("refused by the portal") {
        log_in("2026-01-01T08:00:00Z", "2026-03-01T00:00:00Z");
        expect_role("SECRET-MARKER-access-1")
            .reply(401, R"({"message": "Session token SECRET-MARKER-access-1 not found"})",
                   {{"x-amzn-ErrorType", "UnauthorizedException"}});
        expected = "GetRoleCredentials: UnauthorizedException: Session token <secret> not found";
    }
    const std::string told = outcome(source);
    CHECK(told.contains(expected));
    CHECK(told.contains("profile [corp] of /me/.aws/config"));
    CHECK(told.contains("run aws sso login for this profile"));
    CHECK_FALSE(told.contains("secret access key, the region")); // no key was asked about
}

TEST_CASE_FIXTURE(SsoFixture, "a role that the user may not have") {
    log_in("2026-01-01T08:00:00Z", "2026-03-01T00:00:00Z");
    expect_role("SECRET-MARKER-access-1")
        .reply(403, R"({"message": "No access"})", {{"x-amzn-ErrorType", "ForbiddenException"}});
    CHECK(outcome(source).contains(
        "check that sso_account_id and sso_role_name are assigned to this user"));
}

} // namespace
} // namespace gls::aws::test
