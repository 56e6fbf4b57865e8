// Instance metadata over time: its token runs out or is thrown away, and IMDS itself falters while
// keys that have expired are still good for AWS.
#include "aws/credentials/cached.hpp"
#include "aws/credentials/from_imds.hpp"
#include "unit/aws/credentials/source_fixture.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace gls::aws::test {
namespace {

using namespace gls::test;

constexpr const char* token_path = "/latest/api/token";
constexpr const char* roles = "/latest/meta-data/iam/security-credentials/";
constexpr const char* role_keys = "/latest/meta-data/iam/security-credentials/monitor";
constexpr const char* token_header = "x-aws-ec2-metadata-token";
constexpr unsigned tries = 3; // of one request that meets a passing fault

std::string keys_json(const std::string& id, const std::string& expiration) {
    return R"({"Code": "Success", "AccessKeyId": ")" + id +
           R"(", "SecretAccessKey": "SECRET-MARKER-imds-key", "Token": "SECRET-MARKER-imds-session",)"
           R"( "Expiration": ")" +
           expiration + R"("})";
}

struct ImdsFixture : SourceFixture {
    FromImds source{outside(), ""};

    void grant_token(const std::string& token) {
        transport.expect("PUT", token_path)
            .header("x-aws-ec2-metadata-token-ttl-seconds", "21600")
            .reply(200, token, {{"x-aws-ec2-metadata-token-ttl-seconds", "21600"}});
    }
    void give_keys(const std::string& token, const std::string& id, const std::string& expiration) {
        transport.expect("GET", roles).header(token_header, token).reply(200, "monitor");
        transport.expect("GET", role_keys)
            .header(token_header, token)
            .reply(200, keys_json(id, expiration));
    }
    void go_silent() { transport.expect("GET", roles).fail(ErrorKind::timeout).times(tries); }
    // Keys until one o'clock, and the token that all of it goes by.
    void start() {
        grant_token("SECRET-MARKER-token-1");
        give_keys("SECRET-MARKER-token-1", "ASIAONE", "2026-01-01T01:00:00Z");
        REQUIRE(outcome(source) == "ASIAONE");
    }
};

TEST_CASE_FIXTURE(ImdsFixture, "the token of IMDS is kept for all that it is good for") {
    start();
    give_keys("SECRET-MARKER-token-1", "ASIATWO", "2026-01-01T02:00:00Z");
    CHECK(outcome(source) == "ASIATWO");
}

TEST_CASE_FIXTURE(ImdsFixture, "a token past its lifetime is replaced before it is refused") {
    start();
    clock.advance(std::chrono::hours{6});
    grant_token("SECRET-MARKER-token-2");
    give_keys("SECRET-MARKER-token-2", "ASIATWO", "2026-01-01T08:00:00Z");
    CHECK(outcome(source) == "ASIATWO");
}

TEST_CASE_FIXTURE(ImdsFixture,
                  "a token that IMDS does not know any more is renewed in the same load") {
    start();
    SUBCASE("at the role's name") {
        transport.expect("GET", roles).header(token_header, "SECRET-MARKER-token-1").reply(401);
        grant_token("SECRET-MARKER-token-2");
        give_keys("SECRET-MARKER-token-2", "ASIATWO", "2026-01-01T02:00:00Z");
    }
    SUBCASE("at the keys") {
        transport.expect("GET", roles).reply(200, "monitor");
        transport.expect("GET", role_keys).header(token_header, "SECRET-MARKER-token-1").reply(401);
        grant_token("SECRET-MARKER-token-2");
        transport.expect("GET", role_keys)
            .header(token_header, "SECRET-MARKER-token-2")
            .reply(200, keys_json("ASIATWO", "2026-01-01T02:00:00Z"));
    }
    CHECK(outcome(source) == "ASIATWO");
}

TEST_CASE_FIXTURE(ImdsFixture, "a new token that is refused as well is renewed no third time") {
    start();
    transport.expect("GET", roles).reply(401);
    grant_token("SECRET-MARKER-token-2");
    transport.expect("GET", roles).reply(401);
    const std::string told = outcome(source);
    CHECK(told.starts_with("credentials: IMDS: "));
    CHECK(told.contains("HTTP status 401"));
    CHECK(told.contains("check the instance's metadata options"));
}

TEST_CASE_FIXTURE(ImdsFixture,
                  "while IMDS is down expired keys stay in use for minutes at a time") {
    start();
    clock.advance(std::chrono::hours{2});
    go_silent();
    const auto kept = load(source);
    REQUIRE(kept);
    CHECK(kept->access_key_id == "ASIAONE");
    CHECK(kept->secret_access_key.reveal() == "SECRET-MARKER-imds-key");
    // Half of the chance between 5 and 10 minutes, from the moment it was decided.
    CHECK(*kept->expires_at == clock.now() + std::chrono::minutes{7} + seconds{30});
    CHECK(log.count("imds_credentials_extended") == 1);
    CHECK(log.last("imds_credentials_extended")["until"].starts_with("2026-01-01T02:"));

    // A longer outage is one event in the log; the next outage is another.
    go_silent();
    CHECK(outcome(source) == "ASIAONE");
    CHECK(log.count("imds_credentials_extended") == 1);
    give_keys("SECRET-MARKER-token-1", "ASIATWO", "2026-01-01T03:00:00Z");
    CHECK(outcome(source) == "ASIATWO");
    go_silent();
    CHECK(outcome(source) == "ASIATWO");
    CHECK(log.count("imds_credentials_extended") == 2);
}

TEST_CASE_FIXTURE(ImdsFixture, "every fault that passes leaves the keys in use") {
    start();
    clock.advance(std::chrono::hours{2});
    SUBCASE("refused connections") {
        transport.expect("GET", roles).fail(ErrorKind::connection).times(tries);
    }
    SUBCASE("an error of its own") {
        transport.expect("GET", roles).reply(500).times(tries);
    }
    SUBCASE("too many requests") {
        transport.expect("GET", roles).reply(429).times(tries);
    }
    SUBCASE("half an answer") {
        transport.expect("GET", roles).reply(200, "monitor");
        transport.expect("GET", role_keys)
            .reply(200, R"({"Code": "Success", "AccessKeyId": "ASIA)");
    }
    SUBCASE("an answer that is no success") {
        transport.expect("GET", roles).reply(200, "monitor");
        transport.expect("GET", role_keys).reply(200, R"({"Code": "Failed"})");
    }
    SUBCASE("a token that cannot be had") {
        clock.advance(std::chrono::hours{6});
        transport.expect("PUT", token_path).fail(ErrorKind::timeout).times(tries);
    }
    CHECK(outcome(source) == "ASIAONE");
}

TEST_CASE_FIXTURE(ImdsFixture,
                  "keys that IMDS hands out expired are used, and asked for anew soon") {
    start();
    clock.advance(std::chrono::hours{2});
    give_keys("SECRET-MARKER-token-1", "ASIAONE", "2026-01-01T01:00:00Z");
    const auto kept = load(source);
    REQUIRE(kept);
    CHECK(*kept->expires_at > clock.now() + std::chrono::minutes{5});
    CHECK(log.last("imds_credentials_extended")["reason"].contains("expired"));
}

TEST_CASE_FIXTURE(ImdsFixture, "a role that was taken away is not an outage") {
    start();
    transport.expect("GET", roles).reply(404);
    CHECK(outcome(source).contains("no role is attached"));
}

TEST_CASE_FIXTURE(ImdsFixture, "where IMDS has never answered the next source is asked, at once") {
    transport.expect("PUT", token_path)
        .fail(ErrorKind::timeout); // one try: this is no EC2 instance
    const auto loaded = load(source);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().kind == ErrorKind::not_configured);
    CHECK(clock.sleeps().empty());
}

TEST_CASE_FIXTURE(ImdsFixture, "calls go on through an hour without IMDS, and it is not pestered") {
    CachedCredentials cache{std::make_unique<FromImds>(outside(), ""), clock, random, log};
    const auto key = [&] {
        const auto got = run_coroutine(context, clock, cache.get());
        return got ? (*got)->access_key_id : got.error().message;
    };
    grant_token("SECRET-MARKER-token-1");
    give_keys("SECRET-MARKER-token-1", "ASIAONE", "2026-01-01T01:00:00Z");
    CHECK(key() == "ASIAONE");
    clock.advance(std::chrono::minutes{90}); // a machine that slept: the keys are past their end
    auto& silence = transport.expect("GET", roles).fail(ErrorKind::timeout).times(1000);
    int failed = 0;
    for (int minute = 0; minute < 60; ++minute) {
        if (key() != "ASIAONE") ++failed;
        clock.advance(std::chrono::minutes{1});
    }
    CHECK(failed == 0);
    const auto asked = transport.requests().size() - 3;
    CHECK(asked >= 6 * tries);  // every ten minutes at least ...
    CHECK(asked <= 20 * tries); // ... and no oftener than every three
    silence.times(0);
    give_keys("SECRET-MARKER-token-1", "ASIATWO", "2026-01-01T09:00:00Z");
    clock.advance(std::chrono::minutes{10});
    CHECK(key() == "ASIATWO");
}

} // namespace
} // namespace gls::aws::test
