// What a call mends before it tries again: keys that ran out, a clock that is off. And what it
// never tells.
#include "attempts_fixture.hpp"

#include <string>
#include <vector>

namespace gls::aws {

namespace {

using test::AttemptsFixture;
using test::http_date_2026;

} // namespace

TEST_CASE_FIXTURE(AttemptsFixture, "expired credentials are renewed once") {
    const std::vector<Header> expired{{"x-amzn-ErrorType", "ExpiredTokenException"}};
    transport.expect_any().reply(403, "{}", expired);
    SUBCASE("and the new ones work") {
        transport.expect_any().reply(200, "{}");
        const auto exchange = run();
        REQUIRE(exchange);
        CHECK(exchange->attempts == 2);
        CHECK(sent_header(1, "Authorization").contains("Credential=AKIDSECOND/"));
        CHECK(sent_header(1, "X-Amz-Security-Token").empty());
    }
    SUBCASE("and if those are refused as well, that is that") {
        transport.expect_any().reply(403, "{}", expired);
        const auto exchange = run();
        REQUIRE_FALSE(exchange);
        CHECK(exchange.error().kind == ErrorKind::expired_credentials);
        CHECK(exchange.error().attempts == 2);
    }
    CHECK(credentials.refused() == std::vector<std::string>{"AKIDFIRST"});
    CHECK(log.count("credentials_refused_as_expired") == 1);
    CHECK(clock.sleeps().empty());
}

TEST_CASE_FIXTURE(AttemptsFixture,
                  "a wrong clock is learned from a refusal, told once and used from then on") {
    const std::string late = "Thu, 01 Jan 2026 00:10:00 GMT"; // ours is ten minutes slow
    transport.expect_any().reply(
        403, R"({"message":"Signature expired: 20260101T000000Z is now earlier"})",
        {{"x-amzn-ErrorType", "InvalidSignatureException"}, {"Date", late}});
    transport.expect_any().reply(200, "{}", {{"Date", late}});
    transport.expect_any().reply(200, "{}", {{"Date", late}});
    REQUIRE(run());
    REQUIRE(run());
    CHECK(sent_header(0, "X-Amz-Date") == "20260101T000000Z");
    CHECK(sent_header(1, "X-Amz-Date") == "20260101T001000Z");
    CHECK(sent_header(2, "X-Amz-Date") == "20260101T001000Z");
    CHECK(log.count("clock_offset_learned") == 1);
    CHECK(log.last("clock_offset_learned")["offset_seconds"] == "600");
    CHECK(observer.retries == std::vector<std::pair<std::string, double>>{{"denied", 0.0}});
}

TEST_CASE_FIXTURE(AttemptsFixture, "a wrong signature at the right time is a wrong key") {
    transport.expect_any().reply(
        403, "{}", {{"x-amzn-ErrorType", "InvalidSignatureException"}, {"Date", http_date_2026()}});
    const auto exchange = run();
    REQUIRE_FALSE(exchange);
    CHECK(exchange.error().kind == ErrorKind::denied);
    CHECK(exchange.error().message.contains("check the secret access key"));
    CHECK(credentials.refused() == std::vector<std::string>{"AKIDFIRST"}); // for the next call
    CHECK_FALSE(log.has("clock_offset_learned"));
}

TEST_CASE_FIXTURE(AttemptsFixture, "no turn is spent without credentials") {
    credentials.fail_with(fail(ErrorKind::credentials, "no credentials").error());
    const auto exchange = run();
    REQUIRE_FALSE(exchange);
    CHECK(exchange.error().kind == ErrorKind::credentials);
    CHECK(exchange.error().attempts == 0);
    CHECK(gate.admitted.empty());
    CHECK(observer.codes.empty());
}

TEST_CASE_FIXTURE(AttemptsFixture, "secrets that AWS quotes are taken out of the message") {
    const std::string quoted =
        "The request signature we calculated does not match the signature you provided. Token " +
        std::string{test::first_token} + " and key " + std::string{test::first_secret};
    transport.expect_any().reply(403, R"({"message":")" + quoted + R"("})",
                                 {{"x-amzn-ErrorType", "InvalidSignatureException"}});
    const auto exchange = run();
    REQUIRE_FALSE(exchange);
    CHECK_FALSE(exchange.error().message.contains("SECRET-MARKER"));
    CHECK(exchange.error().message.contains("Token <secret> and key <secret>"));
}

TEST_CASE_FIXTURE(AttemptsFixture, "an unsigned call carries no trace of keys") {
    CallParts bare = parts();
    bare.credentials = nullptr;
    bare.gate = nullptr;
    bare.observer = nullptr;
    attempts.emplace(settings, bare);
    transport.expect_any().reply(200, "{}");
    REQUIRE(run());
    CHECK(sent_header(0, "Authorization").empty());
    CHECK(sent_header(0, "X-Amz-Date").empty());
}

} // namespace gls::aws
