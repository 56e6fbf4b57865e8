#include "aws/retry/error_response.hpp"

#include "aws/text/xml_text.hpp"
#include "base/ascii.hpp"
#include "base/iso8601.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace gls::aws {

namespace {

constexpr std::size_t max_error_body_bytes = 64U
                                             << 10U; // what is longer is a page of somebody else

struct KnownCode {
    std::string_view code;
    ErrorKind kind;
};

// Sources: the SDKs' retry and clock lists (retry-vectors.json) and the services' error shapes.
constexpr std::array known_codes{
    KnownCode{"Throttling", ErrorKind::throttled},
    KnownCode{"ThrottlingException", ErrorKind::throttled},
    KnownCode{"ThrottledException", ErrorKind::throttled},
    KnownCode{"RequestThrottledException", ErrorKind::throttled},
    KnownCode{"TooManyRequestsException", ErrorKind::throttled},
    KnownCode{"ProvisionedThroughputExceededException", ErrorKind::throttled},
    KnownCode{"TransactionInProgressException", ErrorKind::throttled},
    KnownCode{"RequestLimitExceeded", ErrorKind::throttled},
    KnownCode{"BandwidthLimitExceeded", ErrorKind::throttled},
    KnownCode{"LimitExceededException", ErrorKind::throttled},
    KnownCode{"RequestThrottled", ErrorKind::throttled},
    KnownCode{"SlowDown", ErrorKind::throttled},
    KnownCode{"PriorRequestNotComplete", ErrorKind::throttled},
    KnownCode{"EC2ThrottledException", ErrorKind::throttled},
    KnownCode{"RequestTimeout", ErrorKind::server_error},
    KnownCode{"RequestTimeoutException", ErrorKind::server_error},
    KnownCode{"IDPCommunicationError", ErrorKind::server_error},
    KnownCode{"InternalServerException", ErrorKind::server_error},
    KnownCode{"InternalFailure", ErrorKind::server_error},
    KnownCode{"ServiceUnavailable", ErrorKind::server_error},
    KnownCode{"ExpiredToken", ErrorKind::expired_credentials},
    KnownCode{"ExpiredTokenException", ErrorKind::expired_credentials},
    KnownCode{"RequestTimeTooSkewed", ErrorKind::clock_skew},
    KnownCode{"RequestExpired", ErrorKind::clock_skew},
    KnownCode{"RequestInTheFuture", ErrorKind::clock_skew},
    KnownCode{"AccessDenied", ErrorKind::denied},
    KnownCode{"AccessDeniedException", ErrorKind::denied},
    KnownCode{"UnrecognizedClientException", ErrorKind::denied},
    KnownCode{"InvalidClientTokenId", ErrorKind::denied},
    KnownCode{"InvalidSignatureException", ErrorKind::denied},
    KnownCode{"SignatureDoesNotMatch", ErrorKind::denied},
    KnownCode{"IncompleteSignature", ErrorKind::denied},
    KnownCode{"IncompleteSignatureException", ErrorKind::denied},
    KnownCode{"MissingAuthenticationToken", ErrorKind::denied},
    KnownCode{"MissingAuthenticationTokenException", ErrorKind::denied},
    KnownCode{"AuthFailure", ErrorKind::denied},
    KnownCode{"OptInRequired", ErrorKind::denied},
    KnownCode{"ResourceNotFoundException", ErrorKind::not_found},
    KnownCode{"ExpiredNextTokenException", ErrorKind::expired_token},
    KnownCode{"InvalidNextTokenException", ErrorKind::expired_token},
    KnownCode{"ValidationException", ErrorKind::invalid_request},
};

struct Told {
    std::string code;
    std::string message;
    std::string request_id;
};

// `code` and `message` are spelled in several ways; the first that is a string counts.
void take(simdjson::ondemand::field field, Told& told) {
    std::string_view key;
    std::string_view value;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS) return;
    const std::string name = lower_case(key); // the key's buffer is used again by the value
    const bool is_code = name == "__type" || name == "code";
    if (!is_code && name != "message" && name != "errormessage") return;
    if (field.value().get_string().get(value) != simdjson::SUCCESS) return;
    if (is_code) {
        if (told.code.empty()) told.code = error_code_of(value);
    } else if (told.message.empty()) {
        told.message = value;
    }
}

Told told_by_json(const std::string& body) {
    Told told;
    if (body.empty() || body.size() > max_error_body_bytes) return told;
    const simdjson::padded_string padded{body};
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return told;
    if (document.get_object().get(object) != simdjson::SUCCESS) return told;
    for (auto field : object) {
        simdjson::ondemand::field one;
        if (std::move(field).get(one) != simdjson::SUCCESS) break;
        take(one, told);
    }
    return told;
}

Told told_by_xml(const std::string& body) {
    Told told;
    if (body.size() > max_error_body_bytes) return told;
    for (const std::string_view root :
         {"ErrorResponse/Error/", "Response/Errors/Error/", "Error/"}) {
        const auto code = xml_text(body, std::string{root} + "Code");
        if (!code) continue;
        told.code = error_code_of(trimmed(*code));
        told.message = xml_text(body, std::string{root} + "Message").value_or("");
        break;
    }
    told.request_id = xml_text(body, "ErrorResponse/RequestId").value_or("");
    return told;
}

// AWS explains a wrong signature with what it would have signed, session token and all.
std::string_view without_signed_text(std::string_view message) {
    for (const std::string_view mark : {"Canonical String", "String-to-Sign", "Authorization="}) {
        if (const std::size_t at = message.find(mark); at != std::string_view::npos) {
            message = message.substr(0, at);
            message = message.substr(0, message.find_last_of(".:\n") +
                                            1); // the sentence begun there goes too
        }
    }
    return message;
}

std::optional<std::chrono::milliseconds> retry_after_of(const HttpResponse& response) {
    const auto header = response.header("x-amz-retry-after");
    if (!header) return std::nullopt;
    const std::string_view digits = trimmed(*header);
    std::uint32_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (fault != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return std::chrono::milliseconds{value};
}

std::string request_id_of(const HttpResponse& response, const Told& told) {
    for (const std::string_view name :
         {"x-amzn-RequestId", "x-amz-request-id", "x-amzn-request-id"}) {
        if (const auto id = response.header(name)) return one_line(*id, 64);
    }
    return one_line(told.request_id, 64);
}

// Without an AWS error in it, the answer comes from something in between: say what it looked like.
std::string description_of(const HttpResponse& response) {
    std::string text = "HTTP " + std::to_string(response.status) + " without an AWS error in it";
    const auto type = response.header("Content-Type");
    if (type && !response.body.empty())
        text += " (" + one_line(type->substr(0, type->find(';')), 40) + ")";
    return text;
}

// Bytes of the UTF-8 sequence that `text` begins with, 0 if it is not one (RFC 3629).
std::size_t sequence_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::size_t length = byte(0) < 0x80                       ? 1
                               : byte(0) >= 0xC2 && byte(0) <= 0xDF ? 2
                               : byte(0) >= 0xE0 && byte(0) <= 0xEF ? 3
                               : byte(0) >= 0xF0 && byte(0) <= 0xF4 ? 4
                                                                    : 0;
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    }
    if (length == 3 && ((byte(0) == 0xE0 && byte(1) < 0xA0) || (byte(0) == 0xED && byte(1) > 0x9F)))
        return 0;
    if (length == 4 && ((byte(0) == 0xF0 && byte(1) < 0x90) || (byte(0) == 0xF4 && byte(1) > 0x8F)))
        return 0;
    return length;
}

} // namespace

std::string one_line(std::string_view text, std::size_t limit) {
    std::string out;
    bool blank = false;
    while (!text.empty()) {
        const std::size_t length = sequence_bytes(text);
        const std::string_view next = length > 0 ? text.substr(0, length) : "?";
        const auto first = static_cast<std::uint8_t>(next[0]);
        const bool control =
            first < 0x20 || first == 0x7F || // C0, and C1 as UTF-8 writes it
            (first == 0xC2 && length == 2 && static_cast<std::uint8_t>(next[1]) < 0xA0);
        text.remove_prefix(std::max<std::size_t>(length, 1));
        if (control || next == " ") {
            blank = !out.empty();
            continue;
        }
        if (out.size() + next.size() + (blank ? 1 : 0) > limit) {
            out += "...";
            break;
        }
        if (blank) out += ' ';
        blank = false;
        out += next;
    }
    return out;
}

std::string error_code_of(std::string_view text) {
    text = text.substr(0, text.find(':')); // a URL may follow ...
    if (const std::size_t hash = text.rfind('#'); hash != std::string_view::npos) {
        text.remove_prefix(hash + 1); // ... and a namespace go before
    }
    text = trimmed(text);
    const bool plain = std::ranges::all_of(
        text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
    return plain && text.size() <= 64 ? std::string{text} : std::string{};
}

ErrorKind kind_of(int status, std::string_view code) noexcept {
    const auto known = std::ranges::find(known_codes, code, &KnownCode::code);
    if (known != known_codes.end()) return known->kind;
    if (status == 429) return ErrorKind::throttled;
    if (status >= 500 || status == 408) return ErrorKind::server_error;
    if (status == 401 || status == 403) return ErrorKind::denied;
    // Only AWS itself may say that a resource is gone: a bare 404 is somebody else's.
    if (status == 404 && code.empty()) return ErrorKind::malformed;
    if (status >= 400) return ErrorKind::invalid_request;
    return ErrorKind::malformed; // a redirect, or an error that calls itself a success
}

Error error_of(const HttpResponse& response, ErrorFormat format) {
    Told told =
        format == ErrorFormat::rest_json ? told_by_json(response.body) : told_by_xml(response.body);
    if (const auto type = response.header("x-amzn-ErrorType")) {
        if (std::string code = error_code_of(*type); !code.empty()) told.code = std::move(code);
    }
    Error error;
    error.kind = kind_of(response.status, told.code);
    error.code = told.code;
    error.http_status = response.status;
    error.request_id = request_id_of(response, told);
    error.retry_after = retry_after_of(response);
    if (const auto date = response.header("Date")) error.server_time = parse_http_date(*date);

    const std::string message = one_line(without_signed_text(told.message), 500);
    error.message = told.code.empty() && message.empty() ? description_of(response) : told.code;
    if (!message.empty()) error.message += (error.message.empty() ? "" : ": ") + message;
    return error;
}

} // namespace gls::aws
