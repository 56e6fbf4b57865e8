// Errors of AWS in every form they come in, against the protocols' own cases.
#include "aws/credentials/sts_messages.hpp"
#include "aws/retry/error_response.hpp"
#include "shared_data.hpp"

#include <doctest/doctest.h>

#include <string>

namespace gls::aws::test {
namespace {

using simdjson::dom::element;

HttpResponse response_of(element given) {
    HttpResponse response;
    response.status = static_cast<int>(number(given["status_code"]));
    element headers;
    if (given["headers"].get(headers) == simdjson::SUCCESS) {
        for (const auto [name, value] : simdjson::dom::object{headers}) {
            response.headers.push_back({std::string{name}, std::string{std::string_view{value}}});
        }
    }
    response.body = text(given["body"]);
    return response;
}

void run_error_cases(const fs::path& path, ErrorFormat format) {
    const JsonFile file{path};
    int count = 0;
    for (const element suite : simdjson::dom::array{file.root()}) {
        for (const element one : simdjson::dom::array{suite["cases"]}) {
            if (!has(one["errorCode"])) continue;
            CAPTURE(text(one["id"]));
            ++count;
            const Error error = error_of(response_of(one["response"]), format);
            CHECK(error.code == text(one["errorCode"]));
            const std::string message = text(one["error"]["Message"]);
            if (!message.empty()) CHECK(error.message.find(message) != std::string::npos);
        }
    }
    CHECK(count > 0);
    MESSAGE(count << " error cases of " << path.filename().string());
}

TEST_CASE("restJson1") {
    if (const auto path = shared("protocol/rest-json-output.json"))
        run_error_cases(*path, ErrorFormat::rest_json);
    run_error_cases(own("rest-json-errors.json"), ErrorFormat::rest_json);
}

TEST_CASE("the query protocol of STS") {
    if (const auto path = shared("protocol/query-output.json"))
        run_error_cases(*path, ErrorFormat::query_xml);
}

TEST_CASE("an STS error as it was recorded") {
    const auto path = shared("sts/xml-errors/sts-get-session-token.xml");
    if (!path) return;
    HttpResponse response;
    response.status = 403;
    response.body = text_of(*path);
    const JsonFile expected{path->parent_path() / "sts-get-session-token.json"};
    CHECK(error_of(response, ErrorFormat::query_xml).code ==
          text(expected.root()["Error"]["Code"]));
}

HttpResponse plain(int status, std::string body = {}, std::vector<Header> headers = {}) {
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    return response;
}

TEST_CASE("a body that is no error of AWS still makes one") {
    for (const char* body : {"", "<html><body>Bad gateway</body></html>", "{", "[]", "null",
                             "\"x\"", "{\"code\": 7}"}) {
        CAPTURE(body);
        const Error error = error_of(plain(502, body), ErrorFormat::rest_json);
        CHECK(error.kind == ErrorKind::server_error);
        CHECK(error.http_status == 502);
        CHECK_FALSE(error.message.empty());
        CHECK(error.message.find('\n') == std::string::npos);
    }
}

TEST_CASE("throttling is known by its code with any status, and by a bare 429") {
    CHECK(error_of(plain(400, R"({"__type": "x#ThrottlingException"})"), ErrorFormat::rest_json)
              .kind == ErrorKind::throttled);
    CHECK(error_of(plain(503, "", {{"X-Amzn-ErrorType", "ThrottlingException:http://x/"}}),
                   ErrorFormat::rest_json)
              .kind == ErrorKind::throttled);
    CHECK(error_of(plain(429), ErrorFormat::rest_json).kind == ErrorKind::throttled);
}

TEST_CASE("what helps to go on is kept") {
    const Error error = error_of(plain(500, "",
                                       {{"x-amz-retry-after", "1500"},
                                        {"x-amzn-RequestId", "abc-1"},
                                        {"Date", "Tue, 24 Nov 2026 10:44:00 GMT"}}),
                                 ErrorFormat::rest_json);
    CHECK(error.retry_after == milliseconds{1500});
    CHECK(error.request_id == "abc-1");
    REQUIRE(error.server_time);
}

TEST_CASE("a message is one bounded line") {
    const std::string noise(5000, 'x');
    const Error error = error_of(plain(403, "{\"Message\": \"a\\nb\\u0007" + noise +
                                                "\", \"code\": \"AccessDeniedException\"}"),
                                 ErrorFormat::rest_json);
    CHECK(error.kind == ErrorKind::denied);
    CHECK(error.message.size() < 1000);
    CHECK(error.message.find('\n') == std::string::npos);
    CHECK(error.message.find('\a') == std::string::npos);
}

TEST_CASE("the keys in STS's answer are read, and their absence is named") {
    const std::string answer =
        "<AssumeRoleResponse "
        "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser>"
        "<Arn>arn:aws:sts::111122223333:assumed-role/monitor/s</Arn></AssumedRoleUser><Credentials>"
        "<AccessKeyId>ASIAOWN</AccessKeyId><SecretAccessKey>own&amp;secret</"
        "SecretAccessKey><SessionToken>t</SessionToken>"
        "<Expiration>2026-11-24T12:00:00Z</Expiration></Credentials></AssumeRoleResult></"
        "AssumeRoleResponse>";
    const auto keys = parse_assumed_role(answer, "AssumeRole");
    REQUIRE(keys);
    CHECK(keys->access_key_id == "ASIAOWN");
    CHECK(keys->secret_access_key.reveal() == "own&secret");
    CHECK(keys->account_id == "111122223333");
    for (std::size_t cut = 0; cut + 1 < answer.size(); cut += 7) {
        const auto broken = parse_assumed_role(answer.substr(0, cut), "AssumeRole");
        if (!broken) {
            CHECK(broken.error().kind == ErrorKind::malformed);
            CHECK(broken.error().message.find("own&") == std::string::npos);
        }
    }
}

} // namespace
} // namespace gls::aws::test
