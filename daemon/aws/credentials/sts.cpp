#include "aws/credentials/sts.hpp"

#include "aws/credentials/sts_messages.hpp"
#include "aws/request/user_agent.hpp"

#include <utility>

namespace gls::aws {
namespace {

constexpr unsigned sts_attempts{3}; // as the SDKs' standard mode

Result<CallSettings> call_settings(const Outside& outside, const std::string& profile,
                                   const std::string& region) {
    const auto config = load_shared_config(outside.env, outside.files, profile);
    if (!config) return std::unexpected{config.error()};
    auto question = endpoint_question("STS", configured_region(region, outside.env, *config), "",
                                      outside.env, config->endpoints());
    if (!question) return std::unexpected{std::move(question.error())};
    auto endpoint = sts_endpoint(*question);
    if (!endpoint) return std::unexpected{std::move(endpoint.error())};
    CallSettings settings;
    settings.endpoint = std::move(*endpoint);
    settings.limits.max_attempts = sts_attempts;
    settings.user_agent = user_agent(outside.version, "sts", RetryMode::standard);
    return settings;
}

Result<Credentials> labelled(Result<Credentials> credentials, std::string_view source) {
    if (credentials) credentials->source = source;
    return credentials;
}

Attempt attempt_of(std::string action) {
    Attempt attempt;
    attempt.operation = std::move(action);
    attempt.format = ErrorFormat::query_xml;
    return attempt;
}

} // namespace

Task<Result<std::string>> Sts::post(Attempt attempt, std::string form,
                                    CredentialsProvider* signing) {
    auto settings = call_settings(outside_, profile_, region_);
    if (!settings)
        co_return fail(ErrorKind::credentials, attempt.operation + ": " + settings.error().message);
    Attempts attempts{std::move(*settings), CallParts{.transport = outside_.transport,
                                                      .clock = outside_.clock,
                                                      .random = outside_.random,
                                                      .log = outside_.log,
                                                      .credentials = signing}};
    attempt.request.method = "POST";
    attempt.request.target = attempts.endpoint().base_path + "/";
    attempt.request.set_header("Content-Type", "application/x-www-form-urlencoded");
    attempt.request.body = std::move(form);
    auto exchange = co_await attempts.run(std::move(attempt));
    if (!exchange) co_return std::unexpected{std::move(exchange.error())};
    co_return std::move(exchange->response.body);
}

Task<Result<Credentials>> Sts::assume_role(CredentialsProvider& signing, RoleStep role) {
    Attempt attempt = attempt_of("AssumeRole");
    attempt.advice = "allow sts:AssumeRole on this role in the caller's IAM policy, and the caller "
                     "in the role's trust policy, with this external_id if it asks for one";
    std::string form = assume_role_form(role);
    const auto body = co_await post(std::move(attempt), std::move(form), &signing);
    if (!body) co_return std::unexpected{body.error()};
    co_return labelled(parse_assumed_role(*body, "AssumeRole"), "assume_role");
}

Task<Result<Credentials>> Sts::assume_role_with_web_identity(WebIdentity identity, Secret token) {
    Attempt attempt = attempt_of("AssumeRoleWithWebIdentity");
    attempt.advice = "check that the token file is kept current, and that the role's trust policy "
                     "names the token's issuer, subject and audience";
    attempt.secrets.push_back(token);
    std::string form = web_identity_form(identity, token);
    const auto body = co_await post(std::move(attempt), std::move(form), nullptr);
    if (!body) co_return std::unexpected{body.error()};
    co_return labelled(parse_assumed_role(*body, "AssumeRoleWithWebIdentity"), "web_identity");
}

Task<Result<std::string>> Sts::account_of_caller(CredentialsProvider& signing) {
    const auto body =
        co_await post(attempt_of("GetCallerIdentity"), caller_identity_form(), &signing);
    if (!body) co_return std::unexpected{body.error()};
    co_return parse_caller_account(*body);
}

} // namespace gls::aws
