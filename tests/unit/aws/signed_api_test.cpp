#include "aws/call/signed_api.hpp"
#include "call_fixture.hpp"

namespace gls::aws {

namespace {

struct SignedApiFixture : test::CallFixture {
    Result<Answer> call(Operation operation) {
        if (!api) api = signed_api(settings, parts());
        return gls::test::run_coroutine(context, clock, api->call(std::move(operation)));
    }
    std::unique_ptr<Api> api;
};

Operation list(std::string token = "") {
    Operation operation;
    operation.name = "ListStreamSessionsByAccount";
    operation.path = {"streamsessions"};
    operation.query = {{"MaxResults", "100"}};
    if (!token.empty()) operation.query.emplace_back("NextToken", std::move(token));
    return operation;
}

} // namespace

TEST_CASE("path segments and query values are percent-encoded") {
    Operation operation;
    operation.path = {"streamgroups",
                      "arn:aws:gameliftstreams:us-west-2:111122223333:streamgroup/sg-1", "x y"};
    operation.query = {{"NextToken", "a+b/c=&?#%\xE1\x88\xB4"}, {"Status", ""}};
    CHECK(target_of(operation, "/base") ==
          "/base/streamgroups/"
          "arn%3Aaws%3Agameliftstreams%3Aus-west-2%3A111122223333%3Astreamgroup%2Fsg-1/x%20y"
          "?NextToken=a%2Bb%2Fc%3D%26%3F%23%25%E1%88%B4&Status=");
    CHECK(target_of(Operation{}, "") == "/");
    CHECK(target_of(list(), "") == "/streamsessions?MaxResults=100");
}

TEST_CASE_FIXTURE(SignedApiFixture, "an operation becomes a GET, and its body comes back") {
    transport.expect("GET", "/streamsessions?MaxResults=100&NextToken=t%2F1")
        .header("Accept", "application/json")
        .reply(200, "{\"Items\":[]}");
    const auto answer = call(list("t/1"));
    REQUIRE(answer);
    CHECK(answer->body == "{\"Items\":[]}");
    CHECK(answer->attempts == 1);
}

TEST_CASE_FIXTURE(SignedApiFixture, "a configured endpoint keeps its path") {
    settings.endpoint.endpoint = Endpoint{"http", "localhost", 8080, "/proxy"};
    transport.expect("GET", "/proxy/streamsessions?MaxResults=100")
        .header("Host", "localhost:8080")
        .reply(200, "{}");
    CHECK(call(list()));
}

TEST_CASE_FIXTURE(SignedApiFixture, "a refused token is told from a refused request") {
    const std::vector<Header> validation{{"x-amzn-ErrorType", "ValidationException"}};
    transport.expect_any().reply(400, R"({"message":"Invalid token"})", validation).times(2);
    const auto first_page = call(list());
    REQUIRE_FALSE(first_page);
    CHECK(first_page.error().kind == ErrorKind::invalid_request);
    const auto later_page = call(list("t"));
    REQUIRE_FALSE(later_page);
    CHECK(later_page.error().kind == ErrorKind::expired_token);
    CHECK(later_page.error().attempts == 1);
}

} // namespace gls::aws
