#include "attempts_fixture.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <set>

namespace gls::aws {

namespace {

const std::vector<Header> throttled{{"x-amzn-ErrorType", "ThrottlingException"},
                                    {"x-amzn-RequestId", "req-1"}};

using test::AttemptsFixture;
using test::http_date_2026;

} // namespace

TEST_CASE_FIXTURE(AttemptsFixture, "a call that succeeds at once") {
    transport.expect("GET", "/streamsessions?MaxResults=100")
        .host("gameliftstreams.us-west-2.api.aws")
        .reply(200, "{}", {{"Date", http_date_2026()}});
    const auto exchange = run();
    REQUIRE(exchange);
    CHECK(exchange->response.body == "{}");
    CHECK(exchange->attempts == 1);
    CHECK(observer.codes == std::vector<std::string>{"200"});
    CHECK(observer.retries.empty());
    CHECK(gate.admitted.size() == 1);
    CHECK(gate.admitted[0].second == Urgency::live);
    CHECK(gate.throttles == std::vector<bool>{false});
    CHECK(clock.sleeps().empty());
}

TEST_CASE_FIXTURE(AttemptsFixture,
                  "every request says who sends it, which attempt it is, and is signed") {
    transport.expect_any().reply(200, "{}");
    REQUIRE(run());
    CHECK(sent_header(0, "Host") == "gameliftstreams.us-west-2.api.aws");
    CHECK(sent_header(0, "User-Agent") == "gamelift_streams_exporter/0 test");
    CHECK(sent_header(0, "amz-sdk-request") == "attempt=1; max=5");
    CHECK(sent_header(0, "X-Amz-Date") == "20260101T000000Z");
    CHECK(sent_header(0, "X-Amz-Security-Token") == test::first_token);
    CHECK(
        sent_header(0, "Authorization")
            .starts_with("AWS4-HMAC-SHA256 Credential=AKIDFIRST/20260101/us-west-2/gameliftstreams/"
                         "aws4_request, SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;host;"
                         "x-amz-date;x-amz-security-token, Signature="));
}

TEST_CASE_FIXTURE(
    AttemptsFixture,
    "throttling is waited out; each attempt is signed afresh under one invocation id") {
    transport.expect_any().reply(429, "{}", throttled).times(2);
    transport.expect_any().reply(200, "{}");
    const auto exchange = run();
    REQUIRE(exchange);
    CHECK(exchange->attempts == 3);
    CHECK(clock.sleeps() ==
          std::vector{milliseconds{1000}, milliseconds{2000}}); // jitter at its ceiling
    CHECK(observer.codes ==
          std::vector<std::string>{"ThrottlingException", "ThrottlingException", "200"});
    CHECK(observer.retries ==
          std::vector<std::pair<std::string, double>>{{"throttled", 1.0}, {"throttled", 2.0}});
    CHECK(gate.throttles == std::vector<bool>{true, true, false});
    CHECK(gate.admitted.size() == 3);
    std::set<std::string_view> signatures;
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < 3; ++i) {
        signatures.insert(sent_header(i, "Authorization"));
        ids.insert(sent_header(i, "amz-sdk-invocation-id"));
        CHECK(sent_header(i, "amz-sdk-request")
                  .ends_with("attempt=" + std::to_string(i + 1) + "; max=5"));
    }
    CHECK(signatures.size() == 3);
    CHECK(ids.size() == 1);
    CHECK(sent_header(2, "X-Amz-Date") == "20260101T000003Z");
}

TEST_CASE_FIXTURE(AttemptsFixture, "in standard mode the pace does not hear of throttling") {
    settings.mode = RetryMode::standard;
    transport.expect_any().reply(429, "{}", throttled);
    transport.expect_any().reply(200, "{}");
    REQUIRE(run());
    CHECK(gate.throttles == std::vector<bool>{false, false});
    CHECK(observer.codes.front() == "ThrottlingException");
}

TEST_CASE_FIXTURE(AttemptsFixture, "the ttl is told once the service's clock has been seen") {
    transport.expect_any().reply(500, "",
                                 {{"Date", "Thu, 01 Jan 2026 00:01:00 GMT"}}); // a minute ahead
    transport.expect_any().reply(200, "{}");
    REQUIRE(run());
    CHECK(sent_header(0, "amz-sdk-request") == "attempt=1; max=5");
    // 50 ms of waiting, a minute of difference, ten seconds until nobody waits any more
    CHECK(sent_header(1, "amz-sdk-request") == "ttl=20260101T000110Z; attempt=2; max=5");
}

TEST_CASE_FIXTURE(AttemptsFixture,
                  "timeouts and cut connections are tried again, up to the limit") {
    settings.limits.max_attempts = 3;
    transport.expect_any().fail(ErrorKind::timeout, "no answer within 10s");
    transport.expect_any().fail(ErrorKind::connection, "connection reset").times(2);
    const auto exchange = run();
    REQUIRE_FALSE(exchange);
    CHECK(exchange.error().kind == ErrorKind::connection);
    CHECK(exchange.error().attempts == 3);
    CHECK(exchange.error().message == "ListStreamSessionsByAccount: connection reset");
    CHECK(observer.codes == std::vector<std::string>{"timeout", "connection", "connection"});
    CHECK(clock.sleeps() == std::vector{milliseconds{50}, milliseconds{100}});
}

TEST_CASE_FIXTURE(AttemptsFixture, "refusals are not tried again, and say what to do") {
    transport.expect_any().reply(
        403, R"({"Message":"User: arn:aws:iam::111122223333:user/x is not authorized"})",
        {{"x-amzn-ErrorType", "AccessDeniedException"}, {"x-amzn-RequestId", "req-7"}});
    const auto exchange = run();
    REQUIRE_FALSE(exchange);
    const Error& error = exchange.error();
    CHECK(error.kind == ErrorKind::denied);
    CHECK(error.code == "AccessDeniedException");
    CHECK(error.attempts == 1);
    CHECK(error.message == "ListStreamSessionsByAccount: AccessDeniedException: User: "
                           "arn:aws:iam::111122223333:user/x is not "
                           "authorized; allow gameliftstreams:ListStreamSessionsByAccount in the "
                           "caller's IAM policy (HTTP 403, "
                           "request id req-7)");
}

TEST_CASE_FIXTURE(AttemptsFixture,
                  "validation errors, certificates and garbage are given up at once") {
    SUBCASE("validation") {
        transport.expect_any().reply(400, "{}", {{"x-amzn-ErrorType", "ValidationException"}});
    }
    SUBCASE("not found") {
        transport.expect_any().reply(404, "{}",
                                     {{"x-amzn-ErrorType", "ResourceNotFoundException"}});
    }
    SUBCASE("certificate") {
        transport.expect_any().fail(ErrorKind::tls);
    }
    SUBCASE("not HTTP") {
        transport.expect_any().fail(ErrorKind::malformed);
    }
    CHECK_FALSE(run());
    CHECK(observer.codes.size() == 1);
    CHECK(clock.sleeps().empty());
}

TEST_CASE_FIXTURE(AttemptsFixture, "a used-up budget ends the call between two attempts") {
    gate.left = 1;
    transport.expect_any().reply(500);
    const auto exchange = run();
    REQUIRE_FALSE(exchange);
    CHECK(exchange.error().kind == ErrorKind::budget);
    CHECK(exchange.error().attempts == 1);
}

TEST_CASE_FIXTURE(AttemptsFixture, "x-amz-retry-after moves the wait") {
    transport.expect_any().reply(503, "", {{"x-amz-retry-after", "1500"}});
    transport.expect_any().reply(200, "{}");
    REQUIRE(run());
    CHECK(clock.sleeps() == std::vector{milliseconds{1500}});
}

TEST_CASE_FIXTURE(AttemptsFixture, "an error that comes as 200 is an error") {
    transport.expect_any().reply(200, "{}", throttled);
    transport.expect_any().reply(200, R"({"__type":"aws#ThrottlingException"})");
    transport.expect_any().reply(200, "{\"Items\":[]}");
    const auto exchange = run();
    REQUIRE(exchange);
    CHECK(exchange->attempts == 3);
}

TEST_CASE_FIXTURE(AttemptsFixture, "the retry quota is shared by the calls of a target") {
    settings.limits.max_attempts = 100;
    transport.expect_any().reply(500).times(36); // 500 / 14 = 35 retries
    REQUIRE_FALSE(run());
    CHECK(observer.codes.size() == 36);
    transport.expect_any().reply(500);
    REQUIRE_FALSE(run());
    CHECK(observer.codes.size() == 37); // nothing left for a retry
}

TEST_CASE_FIXTURE(AttemptsFixture, "an answer without an AWS error is counted by its status") {
    settings.limits.max_attempts = 1;
    transport.expect_any().reply(502, "<html>Bad Gateway</html>",
                                 {{"Content-Type", "text/html; charset=utf-8"}});
    const auto exchange = run();
    REQUIRE_FALSE(exchange);
    CHECK(observer.codes == std::vector<std::string>{"502"});
    CHECK(exchange.error().message ==
          "ListStreamSessionsByAccount: HTTP 502 without an AWS error in it (text/html)");
}

TEST_CASE_FIXTURE(AttemptsFixture, "a call stops in the middle of its wait when it is cancelled") {
    transport.expect_any().reply(429, "{}", throttled);
    attempts.emplace(settings, parts());
    Attempt attempt;
    attempt.operation = "GetStreamSession";
    std::optional<Result<Exchange>> result;
    boost::asio::cancellation_signal stop;
    boost::asio::co_spawn(context, attempts->run(std::move(attempt)),
                          boost::asio::bind_cancellation_slot(
                              stop.slot(), [&](const std::exception_ptr&, Result<Exchange> r) {
                                  result.emplace(std::move(r));
                              }));
    context.poll();
    REQUIRE(clock.sleeping() == 1);
    stop.emit(boost::asio::cancellation_type::terminal);
    context.restart();
    context.poll();
    REQUIRE(result);
    REQUIRE_FALSE(*result);
    CHECK(result->error().kind == ErrorKind::cancelled);
    CHECK(result->error().attempts == 1);
}

TEST_CASE("uuid4 has the form that the RFC demands") {
    gls::test::FixedRandom low{0.0};
    CHECK(uuid4(low) == "00000000-0000-4000-8000-000000000000");
    gls::test::FixedRandom high{1.0};
    CHECK(uuid4(high) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
    gls::test::FixedRandom mixed{{0.0, 0.5, 0.25}};
    CHECK(uuid4(mixed) == "00804000-8040-4080-8000-804000804000");
}

} // namespace gls::aws
