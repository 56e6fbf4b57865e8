// How operations are spelled on the wire, against the cases of restJson1: the GET requests whose
// labels and query hold what our operations hold, text and whole numbers.
#include "aws/call/signed_api.hpp"
#include "shared_data.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>

namespace gls::aws::test {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

// The text of a parameter, or nothing for a type that no operation of ours has.
std::optional<std::string> spelled(element value, std::string_view type) {
    if (value.is_string()) return std::string{std::string_view{value}};
    if (value.is_bool()) return bool{value} ? "true" : "false";
    if (value.is_int64() && type != "timestamp") return std::to_string(std::int64_t{value});
    return std::nullopt;
}

struct Spelling {
    Operation operation;
    std::string left_out; // why the rest of the case is not ours; "" = nothing is missing
};

Spelling spelling_of(element shapes, element one) {
    Spelling spelling;
    std::string_view uri = one["given"]["http"]["requestUri"];
    element members;
    const bool has_members =
        shapes[text(one["given"]["input"]["shape"])]["members"].get(members) == simdjson::SUCCESS;
    const auto type_of = [&](std::string_view member) {
        return text(shapes[text(members[member]["shape"])]["type"]);
    };
    uri.remove_prefix(1);
    while (!uri.empty()) {
        const std::string_view segment = uri.substr(0, uri.find('/'));
        uri.remove_prefix(std::min(uri.size(), segment.size() + 1));
        if (segment.find_first_of("?(") != std::string_view::npos) {
            spelling.left_out = "constants of the URI that none of our operations has";
            return spelling;
        }
        if (!segment.starts_with('{')) {
            spelling.operation.path.emplace_back(segment);
            continue;
        }
        const std::string_view label = segment.substr(1, segment.size() - 2);
        const auto value = label.ends_with('+')
                               ? std::nullopt
                               : spelled(one["params"][label].value(), type_of(label));
        if (!value) {
            spelling.left_out = "label {" + std::string{label} + "} is of a type we do not send";
            return spelling;
        }
        spelling.operation.path.push_back(*value);
    }
    if (!has_members) return spelling;
    for (const auto [name, member] : object{members}) {
        element value;
        if (text(member["location"]) != "querystring" ||
            one["params"][name].get(value) != simdjson::SUCCESS || value.is_null())
            continue;
        const std::string key = text(member["locationName"]);
        const auto put = [&](element item) {
            const auto word = spelled(item, type_of(name));
            if (word) spelling.operation.query.emplace_back(key, *word);
            return word.has_value();
        };
        bool known = !key.empty(); // a map has none
        if (simdjson::dom::array items; value.get(items) == simdjson::SUCCESS) {
            for (const element item : items)
                known = known && put(item);
        } else if (known) {
            known = put(value);
        }
        if (!known) {
            spelling.left_out =
                "query parameters from " + std::string{name} + " on are of types we do not send";
            return spelling;
        }
    }
    return spelling;
}

} // namespace

TEST_CASE("the GET requests of restJson1") {
    const auto path = shared("protocol/rest-json-input.json");
    if (!path) return;
    const JsonFile file{*path};
    int count = 0;
    for (const element suite : file.root().get_array()) {
        for (const element one : suite["cases"].get_array()) {
            if (text(one["given"]["http"]["method"]) != "GET") continue;
            const std::string id = text(one["id"]);
            CAPTURE(id);
            const Spelling spelling = spelling_of(suite["shapes"].value(), one);
            std::string expected = text(one["serialized"]["uri"]);
            if (id == "RestJsonHostWithPath") expected.erase(0, std::string_view{"/custom"}.size());
            const std::string target = target_of(spelling.operation, "");
            if (spelling.left_out.empty()) {
                CHECK(target == expected);
            } else {
                CHECK(expected.starts_with(target));
                left_out(id, spelling.left_out);
            }
            ++count;
        }
    }
    CHECK(count > 20);
    left_out("protocol/rest-json-input.json, methods other than GET", "only GET can be built");
}

} // namespace gls::aws::test
