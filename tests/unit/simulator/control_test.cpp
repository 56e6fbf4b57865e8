// The control calls: what they change, and that a slip of the pen is refused, not ignored.
#include "manual_time.hpp"
#include "simulator/simulator.hpp"

#include <doctest/doctest.h>
#include <simdjson.h>

using namespace gls::simulator;

namespace {

class Desk {
public:
    ManualTime time;
    Simulator simulator{{}, time};

    Reply call(const std::string& what, const std::string& body = "") {
        return simulator.answer({body.empty() ? "GET" : "POST", "/_simulator/" + what, {}, body});
    }
    std::uint64_t total(const char* name) {
        simdjson::dom::parser parser;
        return parser.parse(call("truth").body)["totals"][name].get_uint64().value();
    }
    double fleet_time() {
        simdjson::dom::parser parser;
        return parser.parse(call("clock").body)["time"].get_double().value();
    }
};

} // namespace

TEST_CASE("the fleet's clock runs at its speed, stands still, and steps") {
    Desk desk;
    const auto begin = desk.fleet_time();
    desk.time.passed += 1000;
    CHECK(desk.fleet_time() == doctest::Approx(begin + 1));
    (void)desk.call("clock", R"({"speed": 60})");
    desk.time.passed += 1000;
    CHECK(desk.fleet_time() == doctest::Approx(begin + 61));
    (void)desk.call("clock", R"({"speed": 0, "advance_seconds": 30})");
    desk.time.passed += 1000;
    CHECK(desk.fleet_time() == doctest::Approx(begin + 91));
}

TEST_CASE("a fleet is reset to other sizes, and takes orders") {
    Desk desk;
    CHECK(desk.call("fleet", R"({"reset": {"sessions": 101, "live": 7, "ending_per_minute": 0}})")
              .status == 200);
    CHECK(desk.total("listed") == 101);
    CHECK(desk.total("live") == 7);
    const auto reply =
        desk.call("fleet", R"({"orders": [{"do": "start", "count": 5}, {"do": "end", "count": 4},
        {"do": "remove", "status": "TERMINATED", "count": 3}, {"do": "move", "from": "ACTIVATING", "to": "CONNECTED"},
        {"do": "set_group", "status": "ERROR"}, {"do": "set_location", "allocated": 3, "maximum": 4},
        {"do": "set", "error_share": 1}, {"do": "hold", "status": "CONNECTED"}]})");
    CHECK(reply.status == 200);
    CHECK(reply.body.find("\"affected\":[5,4,3,1,1,1,0,") != std::string::npos);
    CHECK(desk.total("listed") == 103);
    CHECK(desk.total("live") == 8);
    const auto truth = desk.call("truth").body;
    CHECK(truth.find(R"("status":"ERROR","default_application")") != std::string::npos);
    CHECK(truth.find(R"("allocated":3)") != std::string::npos);
}

TEST_CASE("what a control call does not know, it refuses") {
    Desk desk;
    const std::pair<const char*, const char*> wrong[] = {
        {"nothing", "{}"},
        {"clock", "no json"},
        {"clock", "[]"},
        {"clock", R"({"speed": -1})"},
        {"clock", R"({"sped": 1})"},
        {"clock", R"({"speed": "fast"})"},
        {"fleet", R"({"reset": {"sessions": 1, "live": 2}})"},
        {"fleet", R"({"orders": [{"do": "dance"}]})"},
        {"fleet", R"({"orders": [{"do": "end", "status": "ACTIVE"}]})"},
        {"fleet", R"({"orders": [{"do": "hold", "status": "TERMINATED"}]})"},
        {"fleet", R"({"orders": [{"do": "start", "stream_group": "sg-nobody"}]})"},
        {"fleet", R"({"orders": [{"do": "drop_application"}]})"},
        {"faults", R"({"rules": [{"kind": "earthquake"}]})"},
        {"faults", R"({"rules": [{"kind": "throttle", "operation": "Dance"}]})"},
        {"faults", R"({"rules": [{"kind": "status", "status": 99}]})"},
        {"rate-limit", R"({"burst": 1})"},
        {"credentials", R"({"access_key_id": "A"})"},
        {"credentials", R"({"access_key_id": "A", "revoke": true})"}};
    for (const auto& [what, body] : wrong) {
        CAPTURE(body);
        const auto reply = desk.call(what, body);
        CHECK(reply.status == 400);
        CHECK(reply.body.starts_with("{\"error\":"));
    }
}

TEST_CASE("faults, limits and keys are set, shown and taken back") {
    Desk desk;
    CHECK(desk.call("faults", R"({"rules": [{"kind": "deny"}]})").body.find("deny") !=
          std::string::npos);
    CHECK(desk.call("faults", R"({"add": [{"kind": "hang"}]})").body.find("deny") !=
          std::string::npos);
    CHECK(desk.simulator.answer({"DELETE", "/_simulator/faults"}).body == "{\"rules\":[]}\n");
    CHECK(
        desk.call("rate-limit", R"({"per_second": 5, "burst": 1, "operation": "GetStreamSession"})")
            .status == 200);
    CHECK(desk.call("credentials", R"({"access_key_id": "A", "secret_access_key": "B"})").status ==
          200);
    CHECK(desk.call("credentials", R"({"access_key_id": "A", "revoke": true})").status == 200);
    (void)desk.simulator.answer({"GET", "/streamsessions"});
    CHECK(desk.call("calls").body.find(R"("refused":1)") != std::string::npos);
    CHECK(desk.simulator.answer({"DELETE", "/_simulator/calls"}).body ==
          "{\"operations\":[],\"total\":0}\n");
}
