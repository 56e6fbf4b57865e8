#include "aws/credentials/from_container.hpp"

#include "aws/credentials/container_request.hpp"
#include "aws/credentials/credentials_json.hpp"
#include "aws/credentials/host_exchange.hpp"
#include "aws/credentials/source_error.hpp"
#include "aws/profile/shared_config.hpp"
#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

namespace gls::aws {
namespace {

constexpr const char* token_variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
constexpr const char* token_file_variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

// "" where no token is asked for.
Result<std::string> authorization(const Outside& outside) {
    std::string token = variable(outside.env, token_variable).value_or("");
    const char* origin = token_variable;
    if (const auto path = variable(outside.env, token_file_variable)) {
        auto content = outside.files.read(*path);
        if (!content)
            return source_failed(std::string{"container: "} + token_file_variable,
                                 std::move(content.error()));
        token = trimmed(*content);
        origin = token_file_variable;
        if (token.empty()) {
            return fail(ErrorKind::credentials,
                        std::string{"container: the file that "} + origin + " names is empty");
        }
    }
    // A line break would let the token add headers of its own.
    if (std::ranges::any_of(
            token, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
        return fail(ErrorKind::credentials,
                    std::string{"container: the token of "} + origin + " has control characters");
    }
    return token;
}

} // namespace

Task<Result<Credentials>> FromContainer::load() {
    auto request = container_request(outside_.env);
    if (!request) co_return std::unexpected{std::move(request.error())};
    auto token = authorization(outside_);
    if (!token) co_return std::unexpected{std::move(token.error())};
    if (!token->empty()) request->set_header("Authorization", std::move(*token));
    const HostPatience patience;
    const auto response = co_await ask_host(outside_, std::move(*request), patience);
    if (!response) co_return source_failed("container", response.error());
    if (response->status != 200) {
        co_return fail(ErrorKind::credentials,
                       "container: the agent refused with HTTP status " +
                           std::to_string(response->status) +
                           ": check the task's or pod's role and its token");
    }
    auto credentials = parse_host_credentials(response->body);
    if (!credentials) co_return source_failed("container: answer", std::move(credentials.error()));
    credentials->source = "container";
    co_return credentials;
}

} // namespace gls::aws
