// A small JSON object, read whole and asked by member name: what credentials and tokens come in.
// The thin layer over simdjson that keeps its headers out of everybody else's. Pure.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gls::aws {

class JsonObject {
public:
    // Errors: malformed (not JSON, not an object), without any of the text.
    [[nodiscard]] static Result<JsonObject> parse(std::string_view text);
    JsonObject(JsonObject&&) noexcept;
    JsonObject& operator=(JsonObject&&) noexcept;
    ~JsonObject();

    // nullopt: absent, null, or of another type.
    [[nodiscard]] std::optional<std::string> text(std::string_view member) const;
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view member) const;
    [[nodiscard]] std::optional<WallTime> time(std::string_view member) const; // ISO 8601
    [[nodiscard]] bool has(std::string_view member) const; // null counts as absent

    // Errors: malformed, naming the member.
    [[nodiscard]] Result<std::string>
    required_text(std::string_view member) const; // not empty either
    [[nodiscard]] Result<JsonObject> object(std::string_view member) const;

    // The same object as JSON with these members' texts in it, and every other member as it was.
    [[nodiscard]] std::string with(const std::map<std::string, std::string>& texts) const;

private:
    struct Document;
    explicit JsonObject(std::unique_ptr<Document> document);
    std::unique_ptr<Document> document_;
};

[[nodiscard]] std::string json_quoted(std::string_view text);

} // namespace gls::aws
