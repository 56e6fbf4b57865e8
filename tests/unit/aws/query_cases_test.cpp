// The Query protocol, which STS speaks, against its own cases: requests of texts and whole numbers,
// and answers of texts and times. STS has no lists, maps or structures in what it is asked here.
#include "aws/text/query_form.hpp"
#include "aws/text/xml_text.hpp"
#include "base/iso8601.hpp"
#include "shared_data.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gls::aws::test {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

struct Counted {
    int run{0};
    int left_out{0};
};

std::string type_of(element shapes, element members, std::string_view member) {
    return text(shapes[text(members[member]["shape"])]["type"]);
}

// The body that we write for a case, or why it is not ours.
std::optional<std::string> written(element shapes, element one, std::string& reason) {
    if (!has(one["serialized"]["body"])) {
        reason = "a compressed body";
        return std::nullopt;
    }
    element suite_input;
    element members;
    const std::string shape = text(one["given"]["input"]["shape"]);
    const bool has_members = !shape.empty() &&
                             shapes[shape].get(suite_input) == simdjson::SUCCESS &&
                             suite_input["members"].get(members) == simdjson::SUCCESS;
    QueryForm form{text(one["given"]["name"]), "2020-01-08"};
    if (!has_members) return form.finish();
    for (const auto [name, member] : object{members}) {
        element value;
        const std::string type = type_of(shapes, members, name);
        if (one["params"][name].get(value) != simdjson::SUCCESS) {
            if (!flag(member["idempotencyToken"])) continue;
            reason = "an idempotency token of the client's making: STS takes none";
            return std::nullopt;
        }
        if (type == "string" && value.is_string()) {
            form.add(name, std::string_view{value});
        } else if (type == "integer") {
            form.add(name, std::to_string(std::int64_t{value}));
        } else {
            reason = "a " + type + ", which no request to STS has here";
            return std::nullopt;
        }
    }
    return form.finish();
}

void run_requests(const fs::path& path, Counted& counted) {
    const JsonFile file{path};
    for (const element suite : file.root().get_array()) {
        for (const element one : suite["cases"].get_array()) {
            const std::string id = text(one["id"]);
            CAPTURE(id);
            std::string reason;
            const auto body = written(suite["shapes"].value(), one, reason);
            if (!body) {
                left_out(id, reason);
                ++counted.left_out;
                continue;
            }
            CHECK(*body == text(one["serialized"]["body"]));
            ++counted.run;
        }
    }
}

// Texts and ISO 8601 times of a flat answer; nothing where it holds anything else.
std::string checked_answer(element shapes, element one) {
    element members;
    const std::string operation = text(one["given"]["name"]);
    if (shapes[text(one["given"]["output"]["shape"])]["members"].get(members) != simdjson::SUCCESS)
        return "an answer without members";
    const std::string body = text(one["response"]["body"]);
    std::string reason = "an empty answer";
    for (const auto [name, value] : object{one["result"].value()}) {
        const std::string type = type_of(shapes, members, name);
        const bool renamed = has(members[name]["locationName"]);
        std::string path = operation;
        path.append("Response/").append(operation).append("Result/");
        path += renamed ? text(members[name]["locationName"]) : std::string{name};
        const auto told = xml_text(body, path);
        if (type == "string" && value.is_string()) {
            CHECK(told.value_or("") == std::string_view{value});
        } else if (type == "timestamp" && told && told->contains('-')) {
            const auto time = parse_iso8601(*told);
            REQUIRE(time);
            CHECK(std::abs(unix_seconds(*time) - number(one["result"][name])) < 0.0005);
        } else {
            return type == "timestamp" ? "a time that is not written as ISO 8601"
                                       : "a " + type + ", which no answer of STS has here";
        }
        reason.clear();
    }
    return reason;
}

} // namespace

TEST_CASE("requests of the Query protocol") {
    Counted counted;
    if (const auto path = shared("protocol/query-input.json")) {
        run_requests(*path, counted);
        CHECK(counted.run + counted.left_out == 38);
        MESSAGE(counted.run << " run, " << counted.left_out << " left out");
    }
    run_requests(own("query-requests.json"), counted);
    CHECK(counted.run >= 3);
}

TEST_CASE("answers of the Query protocol") {
    const auto path = shared("protocol/query-output.json");
    if (!path) return;
    const JsonFile file{*path};
    int run = 0;
    for (const element suite : file.root().get_array()) {
        for (const element one : suite["cases"].get_array()) {
            const std::string id = text(one["id"]);
            CAPTURE(id);
            if (has(one["errorCode"])) continue; // error_cases_test.cpp
            const std::string reason = checked_answer(suite["shapes"].value(), one);
            if (reason.empty()) {
                ++run;
            } else {
                left_out(id, reason);
            }
        }
    }
    CHECK(run >= 4);
    MESSAGE(run << " answers");
}

} // namespace gls::aws::test
