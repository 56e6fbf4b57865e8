// Whole answers without a socket: what is refused, what STS gives to whom, and that every page is
// JSON whatever a fault does to its items.
#include "manual_time.hpp"
#include "simulator/json_writer.hpp"
#include "simulator/session_json.hpp"
#include "simulator/simulator.hpp"

#include <doctest/doctest.h>
#include <simdjson.h>

using namespace gls::simulator;

namespace {

Request get(std::string target) {
    return {"GET", std::move(target)};
}
Request post(std::string target, std::string body) {
    return {"POST", std::move(target), {}, std::move(body)};
}

std::string header(const Reply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

} // namespace

TEST_CASE("nothing is answered without a signature, nor what the API does not have") {
    const ManualTime time;
    Simulator simulator{{}, time};
    for (const auto* path : {"/streamsessions", "/streamgroups", "/streamgroups/sg-1",
                             "/applications/a-1", "/streamgroups/sg-1/streamsessions/1"}) {
        const auto reply = simulator.answer(get(path));
        CHECK(reply.status == 403);
        CHECK(header(reply, "x-amzn-ErrorType") == "MissingAuthenticationTokenException");
        CHECK(header(reply, "x-amzn-RequestId").size() == 36);
        CHECK(header(reply, "Date") == "Mon, 21 Sep 2026 14:13:20 GMT");
    }
    CHECK(simulator.answer(get("/streamurls")).status == 404);
    CHECK(simulator.answer({"DELETE", "/streamgroups/sg-1"}).status == 404);
    CHECK(simulator.answer(post("/", "Action=GetFederationToken")).status == 404);
    CHECK(simulator.answer(post("/", "Action=GetCallerIdentity")).status == 403);
}

TEST_CASE("a web identity is traded for keys, a wrong one is not") {
    const ManualTime time;
    Simulator simulator{{}, time};
    const std::string form =
        "Version=2011-06-15&Action=AssumeRoleWithWebIdentity&RoleSessionName=me%40here"
        "&RoleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2Fmonitor&WebIdentityToken=";
    const auto reply = simulator.answer(post("/", form + "SECRET-MARKER-web-identity-token"));
    CHECK(reply.status == 200);
    CHECK(reply.body.find("assumed-role/monitor/me@here") != std::string::npos);
    CHECK(reply.body.find("<Expiration>2026-09-21T15:13:20Z</Expiration>") != std::string::npos);
    const auto wrong = simulator.answer(post("/", form + "other"));
    CHECK(wrong.status == 400);
    CHECK(wrong.body.find("<Code>InvalidIdentityToken</Code>") != std::string::npos);
}

TEST_CASE("metadata wants a token that is not too old") {
    ManualTime time;
    Simulator simulator{{}, time};
    const std::string roles = "/latest/meta-data/iam/security-credentials/";
    CHECK(simulator.answer(get(roles)).status == 401);
    Request wanted{"PUT", "/latest/api/token", {{"x-aws-ec2-metadata-token-ttl-seconds", "60"}}};
    auto request = get(roles);
    request.headers = {{"x-aws-ec2-metadata-token", simulator.answer(wanted).body}};
    CHECK(simulator.answer(request).body == "simulator-instance-role");
    time.passed += 60'000;
    CHECK(simulator.answer(request).status == 401);
    wanted.headers.emplace_back("x-forwarded-for", "10.0.0.1");
    CHECK(simulator.answer(wanted).status == 403);
}

TEST_CASE("an item is JSON with its members, whatever a fault does to it") {
    const Fleet fleet{{}, 1'790'000'000'000};
    const SessionJson json{fleet, "111122223333", "us-west-2"};
    for (const auto& twist :
         {Twist{}, Twist{.unknown_status = "HIBERNATING"}, Twist{.missing_fields = true},
          Twist{.time_shift = 1000}, Twist{.times = Twist::Times::iso},
          Twist{.times = Twist::Times::exponent}}) {
        std::size_t index = 0;
        for (const auto slot : fleet.shelf().first({}, 200)) {
            const auto& session = fleet.shelf().at(slot);
            std::string text;
            json.append_summary(text, session, twist, index++);
            simdjson::dom::parser parser;
            simdjson::dom::object item;
            REQUIRE(parser.parse(text).get(item) == simdjson::SUCCESS);
            CHECK(item.size() >= (twist.missing_fields ? 7 : 8));
            double created = 0;
            if (item["CreatedAt"].get(created) == simdjson::SUCCESS)
                CHECK(created == doctest::Approx(
                                     static_cast<double>(session.created + twist.time_shift) / 1000)
                                     .epsilon(1e-13));
            text.clear();
            json.append_whole(text, session, twist);
            CHECK(parser.parse(text).get(item) == simdjson::SUCCESS);
        }
    }
}

TEST_CASE("timestamps are seconds with three decimals") {
    std::string text;
    append_seconds(text, 1'790'000'000'007);
    append_seconds(text += ' ', -1'500);
    append_seconds(text += ' ', 0);
    CHECK(text == "1790000000.007 -1.500 0.000");
}
