#include "aws/call/signed_api.hpp"

#include "aws/text/percent.hpp"

#include <algorithm>
#include <utility>

namespace gls::aws {

namespace {

class SignedApi final : public Api {
public:
    SignedApi(CallSettings settings, CallParts parts) : attempts_{std::move(settings), parts} {}

    Task<Result<Answer>> call(Operation operation) override {
        const bool continues = std::ranges::any_of(
            operation.query, [](const auto& pair) { return pair.first == "NextToken"; });
        Attempt attempt;
        attempt.operation = operation.name;
        attempt.urgency = operation.urgency;
        attempt.request.target = target_of(operation, attempts_.endpoint().base_path);
        attempt.request.set_header("Accept", "application/json");

        Result<Exchange> exchange = co_await attempts_.run(std::move(attempt));
        if (exchange) {
            Answer answer{std::move(exchange->response.body), exchange->attempts, exchange->took};
            co_return answer;
        }
        Error error = std::move(exchange).error();
        // AWS has no error of its own for a token that is no longer valid. All else in the request
        // has been accepted with the page before, so it is the token that is refused.
        if (continues && error.kind == ErrorKind::invalid_request)
            error.kind = ErrorKind::expired_token;
        co_return std::unexpected{std::move(error)};
    }

private:
    Attempts attempts_;
};

} // namespace

std::string target_of(const Operation& operation, const std::string& base_path) {
    std::string target = base_path;
    for (const std::string& segment : operation.path) {
        target += '/';
        append_percent_encoded(target, segment);
    }
    if (target.empty()) target = "/";
    char separator = '?';
    for (const auto& [name, value] : operation.query) {
        target += separator;
        append_percent_encoded(target, name);
        target += '=';
        append_percent_encoded(target, value);
        separator = '&';
    }
    return target;
}

std::unique_ptr<Api> signed_api(CallSettings settings, CallParts parts) {
    return std::make_unique<SignedApi>(std::move(settings), parts);
}

} // namespace gls::aws
