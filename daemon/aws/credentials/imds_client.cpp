#include "aws/credentials/imds_client.hpp"

#include "base/ascii.hpp"

#include <charconv>
#include <string_view>
#include <utility>

namespace gls::aws {
namespace {

constexpr std::string_view token_header = "x-aws-ec2-metadata-token";
constexpr std::string_view lifetime_header = "x-aws-ec2-metadata-token-ttl-seconds";
constexpr seconds longest_token{21'600}; // six hours: the most that IMDS grants

HttpRequest request_to(const ImdsSettings& settings, std::string method, const std::string& path) {
    HttpRequest request;
    request.endpoint = settings.endpoint;
    request.method = std::move(method);
    request.target = settings.endpoint.base_path + path;
    request.may_use_proxy = false;
    return request;
}

HostPatience patience_of(const ImdsSettings& settings) {
    HostPatience patience;
    patience.deadlines.connect = settings.timeout;
    patience.deadlines.request = settings.timeout;
    patience.attempts = settings.attempts;
    return patience;
}

seconds lifetime_in(const HttpResponse& response) {
    const std::string_view text = trimmed(response.header(lifetime_header).value_or(""));
    unsigned count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || seconds{count} > longest_token) return longest_token;
    return seconds{count};
}

// What a header may hold; anything else would break the next request apart.
bool is_header_text(std::string_view text) {
    for (const char c : text) {
        if (c <= ' ' || c == 0x7F) return false;
    }
    return !text.empty();
}

std::unexpected<Error> refused(std::string_view what, int status) {
    return fail(status == 404 ? ErrorKind::not_found : ErrorKind::credentials,
                "IMDS: " + std::string{what} + " was refused with HTTP status " +
                    std::to_string(status) + ": check the instance's metadata options");
}

} // namespace

bool ImdsClient::has_token() const {
    return token_good_until_ && outside_.clock.steady_now() < *token_good_until_;
}

Task<Result<>> ImdsClient::make_token(const ImdsSettings& settings) {
    token_good_until_.reset();
    HttpRequest request = request_to(settings, "PUT", "/latest/api/token");
    request.set_header(lifetime_header, std::to_string(longest_token.count()));
    HostPatience patience = patience_of(settings);
    // Off EC2 nothing answers there, and every start would wait for that several times over.
    patience.silence_is_final = !has_answered_;
    auto response = co_await ask_host(outside_, std::move(request), patience);
    if (!response) {
        Error error = std::move(response.error());
        const bool silent = error.kind == ErrorKind::timeout || error.kind == ErrorKind::connection;
        if (silent && !has_answered_) {
            error.kind = ErrorKind::not_configured;
            error.message = "IMDS: nothing answers at its address (" + error.message + ")";
        } else {
            error.message.insert(0, "IMDS: token: ");
        }
        co_return std::unexpected{std::move(error)};
    }
    has_answered_ = true;
    const SteadyTime now = outside_.clock.steady_now();
    if (response->status == 200) {
        if (!is_header_text(response->body))
            co_return fail(ErrorKind::malformed, "IMDS: the token is not one");
        token_ = Secret{std::move(response->body)};
        token_good_until_ = now + lifetime_in(*response);
        co_return Result<>{};
    }
    const bool unknown_there =
        response->status == 403 || response->status == 404 || response->status == 405;
    if (unknown_there && settings.may_use_version_1) {
        token_ = Secret{};
        token_good_until_ = now + longest_token;
        outside_.log.warn(
            "imds_version_1_used",
            {{"reason", "version 2 was refused and AWS_EC2_METADATA_V1_DISABLED is false"}});
        co_return Result<>{};
    }
    auto failure = refused("the token", response->status);
    failure.error().kind = ErrorKind::credentials;
    failure.error().message +=
        "; version 1 is not used unless AWS_EC2_METADATA_V1_DISABLED=false asks for it";
    co_return failure;
}

Task<Result<std::string>> ImdsClient::get(std::string path) {
    const auto config = load_shared_config(outside_.env, outside_.files, profile_);
    if (!config) co_return std::unexpected{config.error()};
    const auto settings = imds_settings(outside_.env, *config);
    if (!settings) co_return std::unexpected{settings.error()};
    for (bool renewed = false;; renewed = true) {
        if (!has_token()) {
            auto made = co_await make_token(*settings);
            if (!made) co_return std::unexpected{std::move(made.error())};
        }
        HttpRequest request = request_to(*settings, "GET", path);
        if (!token_.empty()) request.set_header(token_header, token_.reveal());
        auto response = co_await ask_host(outside_, std::move(request), patience_of(*settings));
        if (!response) {
            response.error().message.insert(0, "IMDS: ");
            co_return std::unexpected{std::move(response.error())};
        }
        if (response->status == 401 && !renewed) {
            token_good_until_.reset(); // it ran out, or the instance was moved
            continue;
        }
        if (response->status != 200) co_return refused(path, response->status);
        co_return std::move(response->body);
    }
}

} // namespace gls::aws
