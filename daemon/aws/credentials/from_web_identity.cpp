#include "aws/credentials/from_web_identity.hpp"

#include "aws/credentials/source_error.hpp"
#include "base/ascii.hpp"

#include <utility>

namespace gls::aws {

Task<Result<Credentials>> web_identity_credentials(Outside outside, Sts& sts,
                                                   WebIdentity identity) {
    const auto content = outside.files.read(identity.token_file);
    if (!content) co_return source_failed("web identity token file", content.error());
    Secret token{std::string{trimmed(*content)}};
    if (token.empty()) {
        co_return fail(ErrorKind::credentials,
                       "web identity: the token file " + identity.token_file + " is empty");
    }
    auto loaded = co_await sts.assume_role_with_web_identity(std::move(identity), std::move(token));
    if (!loaded) co_return source_failed("web identity", std::move(loaded.error()));
    co_return loaded;
}

Task<Result<Credentials>> FromWebIdentity::load() {
    auto token_file = variable(outside_.env, "AWS_WEB_IDENTITY_TOKEN_FILE");
    if (!token_file) {
        co_return fail(ErrorKind::not_configured,
                       "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set");
    }
    auto role_arn = variable(outside_.env, "AWS_ROLE_ARN");
    if (!role_arn) {
        co_return fail(
            ErrorKind::credentials,
            "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is set but AWS_ROLE_ARN is not: set both");
    }
    WebIdentity identity;
    identity.role_arn = std::move(*role_arn);
    identity.token_file = std::move(*token_file);
    identity.session_name = variable(outside_.env, "AWS_ROLE_SESSION_NAME").value_or("");
    co_return co_await web_identity_credentials(outside_, sts_, std::move(identity));
}

} // namespace gls::aws
