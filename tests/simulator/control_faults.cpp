#include "simulator/control_faults.hpp"

#include "simulator/json_writer.hpp"

namespace gls::simulator {

namespace {

Fault fault_from(const JsonObject& rule) {
    rule.allow_only({"kind", "operation", "probability", "count", "after", "duration_seconds",
                     "status", "form", "retry_after_ms", "seconds", "bytes_per_second", "variant",
                     "text", "body"});
    Fault fault;
    const auto kind = value_of<FaultKind>(fault_kinds, rule.text("kind").value_or(""));
    if (!kind) throw BadControl{"kind must be there and known"};
    fault.kind = *kind;
    fault.operation = rule.text("operation").value_or("*");
    if (fault.operation != "*" && !knows(operation_texts, fault.operation))
        throw BadControl{"no such operation: " + fault.operation};
    const auto form = value_of<NameForm>(name_forms, rule.text("form").value_or("header"));
    if (!form) throw BadControl{"form must be one of header, colon, type, code, bare"};
    fault.form = *form;
    fault.probability = rule.number("probability").value_or(1);
    fault.count = rule.count("count");
    fault.after = rule.count("after").value_or(0);
    fault.duration_seconds = rule.number("duration_seconds");
    fault.status = static_cast<int>(rule.count("status").value_or(0));
    if (fault.status != 0 && (fault.status < 200 || fault.status > 599))
        throw BadControl{"status must be from 200 to 599"};
    fault.retry_after_ms = rule.count("retry_after_ms");
    fault.seconds = rule.number("seconds");
    fault.bytes_per_second = rule.count("bytes_per_second").value_or(0);
    fault.variant = rule.text("variant").value_or("");
    fault.text = rule.text("text").value_or("HIBERNATING");
    fault.body = rule.text("body").value_or("json");
    return fault;
}

} // namespace

JsonObject parsed_object(simdjson::dom::parser& parser, const std::string& body) {
    simdjson::dom::element element;
    if (parser.parse(body).get(element) != simdjson::SUCCESS)
        throw BadControl{"the body is not JSON"};
    return JsonObject{element};
}

std::vector<Fault> faults_from(simdjson::dom::element list) {
    simdjson::dom::array rules;
    if (list.get(rules) != simdjson::SUCCESS) throw BadControl{"the rules must be a list"};
    std::vector<Fault> faults;
    for (const auto rule : rules)
        faults.push_back(fault_from(JsonObject{rule}));
    return faults;
}

std::string json_of(const FaultBook& book) {
    std::string body;
    JsonWriter json{body};
    json.begin_object().key("rules").begin_array();
    for (const auto& fault : book.faults()) {
        json.begin_object().member("kind", fault_kinds[static_cast<std::size_t>(fault.kind)]);
        json.member("operation", fault.operation).key("probability").decimal(fault.probability);
        json.member("fired", fault.fired).end_object();
    }
    json.end_array().end_object();
    return body;
}

} // namespace gls::simulator
