#include "aws/credentials/credentials_json.hpp"

#include "aws/text/json_object.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace gls::aws {
namespace {

struct Names {
    std::string_view access_key_id;
    std::string_view secret_access_key;
    std::string_view session_token;
    bool token_required;
};

constexpr Names host_names{"AccessKeyId", "SecretAccessKey", "Token", true};
constexpr Names program_names{"AccessKeyId", "SecretAccessKey", "SessionToken", false};
constexpr Names sso_names{"accessKeyId", "secretAccessKey", "sessionToken", true};

Result<Credentials> keys_of(const JsonObject& object, const Names& names) {
    auto id = object.required_text(names.access_key_id);
    if (!id) return std::unexpected{std::move(id.error())};
    auto secret = object.required_text(names.secret_access_key);
    if (!secret) return std::unexpected{std::move(secret.error())};
    auto token = object.text(names.session_token);
    if (names.token_required && (!token || token->empty())) {
        return fail(ErrorKind::malformed,
                    std::string{names.session_token} + " is missing or not a text");
    }
    Credentials credentials;
    credentials.access_key_id = std::move(*id);
    credentials.secret_access_key = Secret{std::move(*secret)};
    credentials.session_token = Secret{std::move(token).value_or("")};
    credentials.account_id = object.text("AccountId").value_or("");
    return credentials;
}

Result<Credentials> with_iso_expiration(Result<Credentials> credentials, const JsonObject& object) {
    if (!credentials || !object.has("Expiration")) return credentials;
    credentials->expires_at = object.time("Expiration");
    if (!credentials->expires_at)
        return fail(ErrorKind::malformed, "Expiration is not an ISO 8601 time");
    return credentials;
}

} // namespace

Result<Credentials> parse_host_credentials(std::string_view json) {
    const auto object = JsonObject::parse(json);
    if (!object) return std::unexpected{object.error()};
    return with_iso_expiration(keys_of(*object, host_names), *object);
}

Result<Credentials> parse_program_output(std::string_view json) {
    const auto object = JsonObject::parse(json);
    if (!object) return std::unexpected{object.error()};
    if (object->number("Version") != 1) return fail(ErrorKind::malformed, "Version is not 1");
    return with_iso_expiration(keys_of(*object, program_names), *object);
}

Result<Credentials> parse_sso_role_credentials(std::string_view json) {
    const auto answer = JsonObject::parse(json);
    if (!answer) return std::unexpected{answer.error()};
    const auto object = answer->object("roleCredentials");
    if (!object) return std::unexpected{object.error()};
    auto credentials = keys_of(*object, sso_names);
    if (!credentials) return credentials;
    const auto expiration = object->number("expiration"); // Unix time in milliseconds
    constexpr std::int64_t year_10000 = 253'402'300'800'000;
    if (!expiration || *expiration < 0 || *expiration >= year_10000) {
        return fail(ErrorKind::malformed,
                    "expiration is missing or not a Unix time in milliseconds");
    }
    credentials->expires_at = WallTime{milliseconds{*expiration}};
    return credentials;
}

} // namespace gls::aws
