#include "simulator/signature.hpp"

#include "simulator/amz_date.hpp"
#include "simulator/digest.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace gls::simulator {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr Millis allowed_skew = 5L * 60'000; // IAM User Guide: within five minutes

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

// "." and ".." resolved and doubled slashes folded, as every service but S3 does it.
std::string normalized(std::string_view path) {
    std::vector<std::string_view> kept;
    for (const auto segment : split(path, '/')) {
        if (segment.empty() || segment == ".") continue;
        if (segment != "..")
            kept.push_back(segment);
        else if (!kept.empty())
            kept.pop_back();
    }
    std::string result;
    for (const auto segment : kept)
        result.append("/").append(segment);
    if (result.empty() || path.ends_with('/')) result += '/';
    return result;
}

std::string canonical_query(std::string_view query) {
    if (query.empty()) return {};
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto part : split(query, '&')) {
        const auto equals = part.find('=');
        const auto name = part.substr(0, equals);
        const auto value =
            equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
        auto& [key, content] = pairs.emplace_back();
        append_percent_encoded(key, percent_decoded(name, true).value_or(std::string{name}));
        append_percent_encoded(content, percent_decoded(value, true).value_or(std::string{value}));
    }
    std::ranges::sort(pairs);
    std::string result;
    for (const auto& [key, content] : pairs)
        result.append(result.empty() ? "" : "&").append(key).append("=").append(content);
    return result;
}

std::string trimmed(std::string_view value) {
    std::string result;
    for (const auto letter : value) {
        const auto blank = letter == ' ' || letter == '\t';
        if (blank && (result.empty() || result.back() == ' ')) continue;
        result += blank ? ' ' : letter;
    }
    if (result.ends_with(' ')) result.pop_back();
    return result;
}

struct Authorization {
    std::string_view key_id, date, region, service, terminator, signed_headers, signature;
};

std::optional<Authorization> parsed(std::string_view header) {
    if (!header.starts_with(algorithm)) return std::nullopt;
    header.remove_prefix(algorithm.size());
    Authorization result;
    std::string_view credential;
    for (auto part : split(header, ',')) {
        while (part.starts_with(' '))
            part.remove_prefix(1);
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto name = part.substr(0, equals);
        const auto value = part.substr(equals + 1);
        if (name == "Credential")
            credential = value;
        else if (name == "SignedHeaders")
            result.signed_headers = value;
        else if (name == "Signature")
            result.signature = value;
        else
            return std::nullopt;
    }
    const auto scope = split(credential, '/');
    if (scope.size() != 5 || result.signed_headers.empty() || result.signature.size() != 64)
        return std::nullopt;
    result.key_id = scope[0];
    result.date = scope[1];
    result.region = scope[2];
    result.service = scope[3];
    result.terminator = scope[4];
    return result;
}

bool is_region(std::string_view text) {
    return text.size() >= 9 && text.size() <= 20 && text.find('-') != std::string_view::npos &&
           std::ranges::all_of(text, [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                      letter == '-';
           });
}

// Host, and every x-amz- header that came along, must be under the signature; names sorted, small.
bool covers_what_it_must(const Request& request, std::string_view signed_headers) {
    const auto names = split(signed_headers, ';');
    if (!std::ranges::is_sorted(names) || !std::ranges::count(names, "host")) return false;
    if (std::ranges::any_of(names, [&](auto name) { return !request.has(name); })) return false;
    return std::ranges::all_of(request.headers, [&](const auto& header) {
        return !header.first.starts_with("x-amz-") || std::ranges::count(names, header.first) != 0;
    });
}

} // namespace

std::string canonical_request_of(const Request& request, std::string_view signed_headers) {
    std::string text = request.method + '\n';
    append_percent_encoded(text, normalized(request.path()), "/");
    text += '\n' + canonical_query(request.query()) + '\n';
    for (const auto name : split(signed_headers, ';'))
        text.append(name).append(":").append(trimmed(request.header(name))).append("\n");
    const auto payload = sha256(request.body);
    text.append("\n").append(signed_headers).append("\n").append(hex_of(bytes_of(payload)));
    return text;
}

const std::string& SignatureCheck::signing_key(const Key& key, std::string_view date,
                                               std::string_view region, std::string_view service) {
    if (signing_keys_.size() > 1000) signing_keys_.clear(); // rotated keys do not pile up
    auto name = std::string{date}.append("/").append(region).append("/").append(service);
    auto& kept =
        signing_keys_[name.append("/").append(key.access_key_id).append("/").append(key.secret)];
    if (!kept.empty()) return kept;
    const auto of_date = hmac("AWS4" + key.secret, date);
    const auto of_region = hmac(bytes_of(of_date), region);
    const auto of_service = hmac(bytes_of(of_region), service);
    const auto signing = hmac(bytes_of(of_service), "aws4_request");
    kept = bytes_of(signing);
    return kept;
}

std::variant<Caller, Refused> SignatureCheck::check(const Request& request,
                                                    std::string_view service, Millis now) {
    const auto header = request.header("authorization");
    if (header.empty())
        return Refused{Refusal::missing_authentication, "Missing Authentication Token"};
    const auto claim = parsed(header);
    if (!claim)
        return Refused{Refusal::incomplete, "The Authorization header is not complete: it needs "
                                            "Credential, SignedHeaders and Signature."};
    const auto date_text = request.header("x-amz-date");
    const auto signed_at = from_amz_date(date_text);
    if (!signed_at)
        return Refused{Refusal::incomplete, "The request needs a valid X-Amz-Date header."};
    if (claim->terminator != "aws4_request" || claim->service != service ||
        !is_region(claim->region) || claim->date != std::string_view{date_text}.substr(0, 8))
        return Refused{Refusal::wrong_scope, "The credential's scope does not fit this service, a "
                                             "region and the day of the request."};
    const auto* key = keys_.find(std::string{claim->key_id});
    if (key == nullptr ||
        !equal_in_constant_time(key->session_token, request.header("x-amz-security-token")))
        return Refused{Refusal::unknown_key,
                       "The security token included in the request is invalid."};
    if (*signed_at < now - allowed_skew)
        return Refused{Refusal::expired_signature, "Signature expired: " + date_text +
                                                       " is before " +
                                                       amz_date_of(now - allowed_skew)};
    if (*signed_at > now + allowed_skew)
        return Refused{Refusal::expired_signature, "Signature not yet current: " + date_text +
                                                       " is after " +
                                                       amz_date_of(now + allowed_skew)};
    if (key->expires <= now)
        return Refused{Refusal::expired_token,
                       "The security token included in the request is expired"};
    if (!covers_what_it_must(request, claim->signed_headers))
        return Refused{Refusal::mismatch, "Host and every X-Amz header must be signed."};
    const auto hash_claimed = request.header("x-amz-content-sha256");
    const auto payload = sha256(request.body);
    if (!hash_claimed.empty() && hash_claimed != hex_of(bytes_of(payload)))
        return Refused{Refusal::mismatch, "X-Amz-Content-Sha256 is not the body's."};

    const auto canonical = sha256(canonical_request_of(request, claim->signed_headers));
    std::string to_sign{algorithm};
    to_sign.append("\n").append(date_text).append("\n").append(claim->date).append("/");
    to_sign.append(claim->region).append("/").append(service).append("/aws4_request\n");
    to_sign += hex_of(bytes_of(canonical));
    const auto expected = hmac(signing_key(*key, claim->date, claim->region, service), to_sign);
    if (!equal_in_constant_time(hex_of(bytes_of(expected)), claim->signature))
        return Refused{Refusal::mismatch, "The signature is not the one that this request, signed "
                                          "with this key, has."};
    return Caller{key->access_key_id, key->account_id, key->arn, std::string{claim->region}};
}

} // namespace gls::simulator
