#include "aws/credentials/from_sso.hpp"

#include "aws/call/attempts.hpp"
#include "aws/credentials/credentials_json.hpp"
#include "aws/credentials/source_error.hpp"
#include "aws/credentials/sso_endpoint.hpp"
#include "aws/credentials/sso_token.hpp"
#include "aws/request/user_agent.hpp"
#include "aws/text/percent.hpp"
#include "base/iso8601.hpp"

#include <utility>

namespace gls::aws {
namespace {

constexpr milliseconds renew_ahead{std::chrono::minutes{5}};
constexpr unsigned sso_attempts{3};
constexpr const char* log_in_again = ": run aws sso login for this profile";

struct Cached {
    std::string path;
    std::string content;
    SsoToken token;
};

Result<Cached> read_cache(const Outside& outside, const SsoLogin& login) {
    const auto home = variable(outside.env, "HOME");
    if (!home)
        return fail(ErrorKind::credentials,
                    "SSO: HOME is not set, so the CLI's token cache is not found");
    Cached cached;
    cached.path = *home + "/.aws/sso/cache/" +
                  sso_cache_file_name(login.session.empty() ? login.start_url : login.session);
    auto content = outside.files.read(cached.path);
    if (!content) {
        return fail(ErrorKind::credentials,
                    "SSO: token cache " + content.error().message + log_in_again);
    }
    auto token = parse_sso_token(*content);
    if (!token) {
        return fail(ErrorKind::credentials, "SSO: token cache " + cached.path + ": " +
                                                token.error().message + log_in_again);
    }
    cached.content = std::move(*content);
    cached.token = std::move(*token);
    return cached;
}

Task<Result<HttpResponse>> call(Outside outside, ResolvedEndpoint endpoint, Attempt attempt) {
    CallSettings settings;
    settings.endpoint = std::move(endpoint);
    settings.limits.max_attempts = sso_attempts;
    settings.user_agent = user_agent(outside.version, "sso", RetryMode::standard);
    // Unsigned: the token in the request is the proof.
    Attempts attempts{std::move(settings), CallParts{.transport = outside.transport,
                                                     .clock = outside.clock,
                                                     .random = outside.random,
                                                     .log = outside.log}};
    attempt.request.target.insert(0, attempts.endpoint().base_path);
    auto exchange = co_await attempts.run(std::move(attempt));
    if (!exchange) co_return std::unexpected{std::move(exchange.error())};
    co_return std::move(exchange->response);
}

// CreateToken. The new token goes back into the cache, where the CLI and our next start find it.
Task<Result<SsoToken>> renewed(Outside outside, ResolvedEndpoint endpoint, Cached cached) {
    Attempt attempt;
    attempt.operation = "CreateToken";
    attempt.request.method = "POST";
    attempt.request.target = "/token";
    attempt.request.set_header("Content-Type", "application/json");
    attempt.request.body = renewal_request(cached.token);
    attempt.secrets = {cached.token.refresh_token, cached.token.client_secret,
                       cached.token.access_token};
    const auto response = co_await call(outside, std::move(endpoint), std::move(attempt));
    if (!response) co_return std::unexpected{response.error()};
    auto token = parse_renewed_token(response->body, cached.token, outside.clock.now());
    if (!token) co_return token;
    auto content = with_token(cached.content, *token);
    auto written = content ? outside.files.write(cached.path, *content) : Result<>{};
    if (!written) {
        outside.log.warn("sso_token_not_saved",
                         {{"error", written.error().message},
                          {"action", "make the token cache writable, or log in again "
                                     "after a restart"}});
    }
    co_return token;
}

Task<Result<Secret>> access_token(Outside outside, SharedConfig config, SsoLogin login) {
    auto cached = read_cache(outside, login);
    if (!cached) co_return std::unexpected{std::move(cached.error())};
    const WallTime now = outside.clock.now();
    const WallTime expires_at = cached->token.expires_at;
    if (now < expires_at - renew_ahead) co_return cached->token.access_token;
    std::string why = "it has expired";
    if (is_renewable(cached->token, now)) {
        auto endpoint = sso_endpoint(SsoService::oidc, login.region, outside.env, config);
        if (!endpoint) co_return source_failed("SSO", std::move(endpoint.error()));
        auto token = co_await renewed(outside, std::move(*endpoint), *cached);
        if (token) co_return std::move(token->access_token);
        if (token.error().kind == ErrorKind::cancelled)
            co_return std::unexpected{std::move(token.error())};
        why = "it could not be renewed (" + token.error().message + ")";
        // A refresh token counts once: somebody else, such as the CLI, may just have used it.
        auto again = read_cache(outside, login);
        if (again && now < again->token.expires_at) co_return std::move(again->token.access_token);
    }
    if (now < expires_at) co_return std::move(cached->token.access_token);
    co_return fail(ErrorKind::credentials,
                   "SSO: token in " + cached->path + ": " + why + log_in_again);
}

} // namespace

Task<Result<Credentials>> sso_credentials(Outside outside, SharedConfig config, SsoLogin login) {
    if (login.account_id.empty()) {
        co_return fail(ErrorKind::credentials,
                       "sso_session without sso_account_id and sso_role_name gives an access "
                       "token, not credentials: add both");
    }
    auto endpoint = sso_endpoint(SsoService::portal, login.region, outside.env, config);
    if (!endpoint) co_return source_failed("SSO", std::move(endpoint.error()));
    auto token = co_await access_token(outside, config, login);
    if (!token) co_return std::unexpected{std::move(token.error())};
    Attempt attempt;
    attempt.operation = "GetRoleCredentials";
    attempt.request.target =
        "/federation/credentials?account_id=" + percent_encoded(login.account_id) +
        "&role_name=" + percent_encoded(login.role_name);
    attempt.request.set_header("x-amz-sso_bearer_token", token->reveal());
    attempt.advice = "check that sso_account_id and sso_role_name are assigned to this user";
    attempt.secrets.push_back(*token);
    auto response = co_await call(outside, std::move(*endpoint), std::move(attempt));
    if (!response) {
        Error error = std::move(response.error());
        if (error.http_status == 401)
            error.message += std::string{": or the token was refused"} + log_in_again;
        co_return source_failed("SSO", std::move(error));
    }
    auto credentials = parse_sso_role_credentials(response->body);
    if (!credentials) co_return source_failed("SSO: answer", std::move(credentials.error()));
    credentials->account_id = login.account_id;
    credentials->source = "sso";
    co_return credentials;
}

} // namespace gls::aws
