#include "aws/credentials/from_environment.hpp"

#include "aws/profile/shared_config.hpp"
#include "base/iso8601.hpp"

#include <utility>

namespace gls::aws {
namespace {

Result<Credentials> read(const Env& env) {
    auto id = variable(env, "AWS_ACCESS_KEY_ID");
    auto secret = variable(env, "AWS_SECRET_ACCESS_KEY");
    if (!id) return fail(ErrorKind::not_configured, "environment: AWS_ACCESS_KEY_ID is not set");
    if (!secret) {
        return fail(ErrorKind::credentials,
                    "environment: AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is "
                    "not: set both or neither");
    }
    Credentials credentials;
    credentials.access_key_id = std::move(*id);
    credentials.secret_access_key = Secret{std::move(*secret)};
    credentials.session_token = Secret{variable(env, "AWS_SESSION_TOKEN").value_or("")};
    credentials.account_id = variable(env, "AWS_ACCOUNT_ID").value_or("");
    credentials.source = "environment";
    if (const auto text = variable(env, "AWS_CREDENTIAL_EXPIRATION")) {
        credentials.expires_at = parse_iso8601(*text);
        if (!credentials.expires_at) {
            return fail(ErrorKind::credentials,
                        "environment: AWS_CREDENTIAL_EXPIRATION must read like "
                        "2026-11-24T10:44:00Z");
        }
    }
    return credentials;
}

} // namespace

Task<Result<Credentials>> FromEnvironment::load() {
    co_return read(env_);
}

} // namespace gls::aws
