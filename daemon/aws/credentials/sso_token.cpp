#include "aws/credentials/sso_token.hpp"

#include "aws/text/json_object.hpp"
#include "base/iso8601.hpp"

#include <openssl/evp.h>

#include <array>
#include <utility>

namespace gls::aws {
namespace {

// Seconds alone, as the CLI writes times into its cache.
std::string seconds_text(WallTime time) {
    std::string text = iso8601(time);
    if (const auto dot = text.find('.'); dot != std::string::npos)
        text.erase(dot, text.size() - 1 - dot);
    return text;
}

} // namespace

std::string sso_cache_file_name(std::string_view session_or_start_url) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, 20> hash{};
    EVP_Digest(session_or_start_url.data(), session_or_start_url.size(), hash.data(), nullptr,
               EVP_sha1(), nullptr);
    std::string name;
    for (const unsigned char byte : hash) {
        name += digits[byte >> 4U];
        name += digits[byte & 0xFU];
    }
    return name + ".json";
}

Result<SsoToken> parse_sso_token(std::string_view json) {
    const auto object = JsonObject::parse(json);
    if (!object) return std::unexpected{object.error()};
    auto access_token = object->required_text("accessToken");
    if (!access_token) return std::unexpected{std::move(access_token.error())};
    const auto expires_at = object->time("expiresAt");
    if (!expires_at)
        return fail(ErrorKind::malformed, "expiresAt is missing or not an ISO 8601 time");
    SsoToken token;
    token.access_token = Secret{std::move(*access_token)};
    token.expires_at = *expires_at;
    token.refresh_token = Secret{object->text("refreshToken").value_or("")};
    token.client_id = object->text("clientId").value_or("");
    token.client_secret = Secret{object->text("clientSecret").value_or("")};
    token.registration_expires_at = object->time("registrationExpiresAt");
    return token;
}

bool is_renewable(const SsoToken& token, WallTime now) noexcept {
    return !token.refresh_token.empty() && !token.client_id.empty() &&
           !token.client_secret.empty() && token.registration_expires_at &&
           now < *token.registration_expires_at;
}

std::string renewal_request(const SsoToken& token) {
    return R"({"grantType": "refresh_token", "clientId": )" + json_quoted(token.client_id) +
           R"(, "clientSecret": )" + json_quoted(token.client_secret.reveal()) +
           R"(, "refreshToken": )" + json_quoted(token.refresh_token.reveal()) + "}";
}

Result<SsoToken> parse_renewed_token(std::string_view json, SsoToken before, WallTime now) {
    const auto object = JsonObject::parse(json);
    if (!object) return std::unexpected{object.error()};
    auto access_token = object->required_text("accessToken");
    if (!access_token) return std::unexpected{std::move(access_token.error())};
    const auto lifetime = object->number("expiresIn");
    constexpr std::int64_t longest = 366LL * 24 * 3600; // anything past a year is not a lifetime
    if (!lifetime || *lifetime <= 0 || *lifetime > longest) {
        return fail(ErrorKind::malformed, "expiresIn is missing or not a lifetime in seconds");
    }
    before.access_token = Secret{std::move(*access_token)};
    before.expires_at = now + seconds{*lifetime};
    if (auto refresh_token = object->text("refreshToken"))
        before.refresh_token = Secret{std::move(*refresh_token)};
    return before;
}

Result<std::string> with_token(std::string_view cache_json, const SsoToken& token) {
    const auto object = JsonObject::parse(cache_json);
    if (!object) return std::unexpected{object.error()};
    return object->with({{"accessToken", token.access_token.reveal()},
                         {"expiresAt", seconds_text(token.expires_at)},
                         {"refreshToken", token.refresh_token.reveal()}});
}

} // namespace gls::aws
