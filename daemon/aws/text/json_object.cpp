#include "aws/text/json_object.hpp"

#include "base/iso8601.hpp"

#include <simdjson.h>

#include <utility>

namespace gls::aws {

struct JsonObject::Document {
    simdjson::dom::parser parser; // owns what `object` points into
    simdjson::dom::object object;
};

JsonObject::JsonObject(std::unique_ptr<Document> document) : document_{std::move(document)} {}
JsonObject::JsonObject(JsonObject&&) noexcept = default;
JsonObject& JsonObject::operator=(JsonObject&&) noexcept = default;
JsonObject::~JsonObject() = default;

Result<JsonObject> JsonObject::parse(std::string_view text) {
    auto document = std::make_unique<Document>();
    if (document->parser.parse(text.data(), text.size()).get(document->object) !=
        simdjson::SUCCESS) {
        return fail(ErrorKind::malformed, "not a JSON object");
    }
    return JsonObject{std::move(document)};
}

std::optional<std::string> JsonObject::text(std::string_view member) const {
    std::string_view value;
    if (document_->object.at_key(member).get(value) != simdjson::SUCCESS) return std::nullopt;
    return std::string{value};
}

std::optional<std::int64_t> JsonObject::number(std::string_view member) const {
    std::int64_t value = 0;
    if (document_->object.at_key(member).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::optional<WallTime> JsonObject::time(std::string_view member) const {
    const auto value = text(member);
    return value ? parse_iso8601(*value) : std::nullopt;
}

bool JsonObject::has(std::string_view member) const {
    simdjson::dom::element value;
    return document_->object.at_key(member).get(value) == simdjson::SUCCESS && !value.is_null();
}

Result<std::string> JsonObject::required_text(std::string_view member) const {
    auto value = text(member);
    if (!value || value->empty()) {
        return fail(ErrorKind::malformed, std::string{member} + " is missing or not a text");
    }
    return std::move(*value);
}

Result<JsonObject> JsonObject::object(std::string_view member) const {
    simdjson::dom::element value;
    if (document_->object.at_key(member).get(value) != simdjson::SUCCESS || !value.is_object()) {
        return fail(ErrorKind::malformed, std::string{member} + " is missing or not an object");
    }
    return parse(simdjson::minify(value));
}

std::string JsonObject::with(const std::map<std::string, std::string>& texts) const {
    std::string json = "{";
    const auto append = [&json](std::string_view member, std::string_view value) {
        if (json.size() > 1) json += ", ";
        json += json_quoted(member);
        json += ": ";
        json += value;
    };
    for (const auto& [member, value] : document_->object) {
        if (!texts.contains(std::string{member})) append(member, simdjson::minify(value));
    }
    for (const auto& [member, value] : texts)
        append(member, json_quoted(value));
    return json + "}";
}

std::string json_quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (byte < 0x20) {
            quoted += "\\u00";
            quoted += digits[byte >> 4U];
            quoted += digits[byte & 0xFU];
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

} // namespace gls::aws
