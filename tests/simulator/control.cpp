#include "simulator/control.hpp"

#include "simulator/control_faults.hpp"
#include "simulator/control_fleet.hpp"
#include "simulator/json_reader.hpp"
#include "simulator/json_writer.hpp"
#include "simulator/truth.hpp"

namespace gls::simulator {

Reply Control::answer(const Request& request) {
    Reply reply{.status = 200, .headers = {{"Content-Type", "application/json"}}};
    try {
        reply.body = body_of(request);
    } catch (const BadControl& problem) {
        reply.status = 400;
        reply.body.clear();
        JsonWriter json{reply.body};
        json.begin_object().member("error", problem.what()).end_object();
    }
    reply.body += '\n';
    return reply;
}

std::string Control::body_of(const Request& request) {
    const auto what = request.path().substr(std::string_view{"/_simulator/"}.size());
    if (what == "truth") return truth_of(*world_.fleet, world_.clock.speed(), world_.births);
    if (what == "calls") {
        if (request.method == "DELETE") world_.calls = {};
        return calls();
    }
    if (what == "clock") return clock(request);
    if (what == "faults") return faults(request);
    if (request.method != "POST") throw BadControl{"no such control call, or not with this method"};
    if (what == "fleet") return fleet(request);
    if (what == "rate-limit") return rate_limit(request);
    if (what == "credentials") return credentials(request);
    throw BadControl{"no such control call"};
}

std::string Control::calls() {
    std::string body;
    JsonWriter json{body};
    std::uint64_t total = 0;
    json.begin_object().key("operations").begin_array();
    for (std::size_t at = 0; at < world_.calls.size(); ++at) {
        const auto& of = world_.calls[at];
        const auto sum = of.ok + of.throttled + of.refused + of.faulted;
        total += sum;
        if (sum == 0) continue;
        json.begin_object().member("operation", operation_texts[at]).member("ok", of.ok);
        json.member("throttled", of.throttled).member("refused", of.refused);
        json.member("faulted", of.faulted).end_object();
    }
    json.end_array().member("total", total).end_object();
    return body;
}

std::string Control::clock(const Request& request) {
    if (request.method == "POST") {
        simdjson::dom::parser parser;
        const auto order = parsed_object(parser, request.body);
        order.allow_only({"speed", "advance_seconds", "offset_seconds"});
        const auto speed = order.number("speed");
        const auto step = order.number("advance_seconds");
        if (speed && *speed < 0) throw BadControl{"speed must not be negative"};
        if (step && *step < 0) throw BadControl{"advance_seconds must not be negative"};
        if (speed) world_.clock.set_speed(*speed, world_.time.steady());
        if (step) world_.clock.advance(static_cast<Millis>(1000 * *step));
        if (const auto offset = order.number("offset_seconds"))
            world_.settings.clock_offset_seconds = *offset;
        world_.catch_up();
    }
    std::string body;
    JsonWriter json{body};
    json.begin_object().key("time").seconds(world_.fleet->now());
    json.key("speed").decimal(world_.clock.speed());
    json.key("service_time").seconds(world_.service_now()).end_object();
    return body;
}

std::string Control::fleet(const Request& request) {
    simdjson::dom::parser parser;
    const auto order = parsed_object(parser, request.body);
    order.allow_only({"reset", "orders"});
    std::vector<std::size_t> affected;
    if (const auto reset = order.member("reset"))
        world_.be_born(sizes_from(JsonObject{*reset}, world_.settings.fleet));
    if (const auto orders = order.member("orders")) {
        simdjson::dom::array list;
        if (orders->get(list) != simdjson::SUCCESS) throw BadControl{"orders must be a list"};
        for (const auto element : list)
            affected.push_back(carry_out(*world_.fleet, JsonObject{element}));
    }
    std::string body;
    JsonWriter json{body};
    json.begin_object().key("time").seconds(world_.fleet->now());
    json.member("listed", world_.fleet->shelf().size());
    json.member("index_bytes", world_.fleet->shelf().bytes()).key("affected").begin_array();
    for (const auto count : affected)
        json.number(count);
    json.end_array().end_object();
    return body;
}

std::string Control::faults(const Request& request) {
    if (request.method == "DELETE") world_.faults.clear();
    if (request.method == "POST") {
        simdjson::dom::parser parser;
        const auto order = parsed_object(parser, request.body);
        order.allow_only({"rules", "add"});
        const auto rules = order.member("rules");
        const auto add = order.member("add");
        if (!rules && !add) throw BadControl{"rules or add must be there"};
        auto read = faults_from(rules ? *rules : *add);
        if (rules) world_.faults.clear();
        for (auto& fault : read)
            world_.faults.add(std::move(fault), world_.time.steady());
    }
    return json_of(world_.faults);
}

std::string Control::rate_limit(const Request& request) {
    simdjson::dom::parser parser;
    const auto order = parsed_object(parser, request.body);
    order.allow_only({"per_second", "burst", "operation"});
    const auto per_second = order.number("per_second");
    if (!per_second || *per_second < 0) throw BadControl{"per_second must be there, from 0 on"};
    const auto operation = order.text("operation").value_or("*");
    if (operation != "*" && !knows(operation_texts, operation))
        throw BadControl{"no such operation: " + operation};
    world_.limit.set(operation, {*per_second, order.number("burst").value_or(*per_second)});
    return "{}";
}

std::string Control::credentials(const Request& request) {
    simdjson::dom::parser parser;
    const auto order = parsed_object(parser, request.body);
    order.allow_only({"access_key_id", "secret_access_key", "session_token", "account_id",
                      "expires_in_seconds", "revoke", "credential_ttl"});
    if (const auto ttl = order.number("credential_ttl")) world_.keys.set_ttl(*ttl);
    const auto id = order.text("access_key_id");
    if (!id) return "{}";
    if (order.truth("revoke").value_or(false)) {
        if (!world_.keys.revoke(*id)) throw BadControl{"no such key"};
        return "{}";
    }
    const auto secret = order.text("secret_access_key");
    if (!secret) throw BadControl{"secret_access_key must be there"};
    Key key{*id, *secret};
    key.session_token = order.text("session_token").value_or("");
    key.account_id = order.text("account_id").value_or(world_.settings.account_id);
    key.arn = "arn:aws:iam::" + key.account_id + ":user/simulator";
    if (const auto life = order.number("expires_in_seconds"))
        key.expires = world_.service_now() + static_cast<Millis>(1000 * *life);
    world_.keys.add(std::move(key));
    return "{}";
}

} // namespace gls::simulator
