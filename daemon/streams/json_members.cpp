#include "streams/json_members.hpp"

#include "base/iso8601.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace gls::streams::json {
namespace {

constexpr std::size_t longest_label = 128; // bytes
constexpr double end_of_2999 = 32'503'680'000.0;

} // namespace

error_code Body::open(od::parser& parser, std::string& text) {
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    escapes_ = text.find('\\') != std::string::npos;
    const simdjson::padded_string_view view{text.data(), text.size(), text.capacity()};
    if (const error_code error = parser.iterate(view).get(document_)) return error;
    return document_.get_object().get(root_);
}

Name Body::name_of(od::field& field) const {
    if (!escapes_) return Name{field.key().raw()};
    std::string_view text;
    return field.unescaped_key().get(text) == SUCCESS ? Name{text} : Name{std::string_view{}};
}

std::string_view Body::text_in(od::value& value) const {
    if (escapes_) {
        std::string_view text;
        return value.get_string().get(text) == SUCCESS ? text : std::string_view{};
    }
    std::string_view token = value.raw_json_token(); // with what blanks follow it
    if (token.empty() || token.front() != '"') return {};
    token.remove_prefix(1);
    return token.substr(0, token.rfind('"'));
}

std::optional<WallTime> time_in(od::value& value) {
    double number = 0;
    if (value.get_double().get(number) == SUCCESS) {
        if (number >= 0 && number < end_of_2999)
            return WallTime{milliseconds{std::llround(number * 1000)}};
        return std::nullopt;
    }
    std::string_view text;
    if (value.get_string().get(text) != SUCCESS) return std::nullopt;
    const std::optional<WallTime> time = parse_iso8601(text);
    if (!time || unix_seconds(*time) < 0 || unix_seconds(*time) >= end_of_2999) return std::nullopt;
    return time;
}

std::string_view label(std::string_view text) noexcept {
    std::size_t size = std::min(text.size(), longest_label);
    if (size < text.size()) {
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
            --size;
    }
    return text.substr(0, size);
}

std::string_view label_or_unknown(std::string_view text) noexcept {
    return text.empty() ? unknown : label(text);
}

} // namespace gls::streams::json
