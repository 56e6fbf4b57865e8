#include "aws/credentials/host_exchange.hpp"

#include "aws/retry/retry.hpp"

#include <utility>

namespace gls::aws {
namespace {

Result<HttpResponse> judged(Result<HttpResponse> response) {
    if (!response || (response->status < 500 && response->status != 429)) return response;
    auto failure = fail(response->status == 429 ? ErrorKind::throttled : ErrorKind::server_error,
                        "HTTP status " + std::to_string(response->status));
    failure.error().http_status = response->status;
    return failure;
}

bool is_silence(ErrorKind kind) {
    return kind == ErrorKind::timeout || kind == ErrorKind::connection;
}

} // namespace

Task<Result<HttpResponse>> ask_host(Outside outside, HttpRequest request, HostPatience patience) {
    for (unsigned attempt = 1;; ++attempt) {
        auto response = judged(co_await outside.transport.send(request, patience.deadlines));
        if (response || attempt >= patience.attempts) co_return response;
        const ErrorKind kind = response.error().kind;
        if (!is_transient(kind) || (patience.silence_is_final && is_silence(kind)))
            co_return response;
        const milliseconds wait = backoff(kind, attempt, outside.random.unit(), std::nullopt);
        const bool slept = co_await outside.clock.sleep_for(wait);
        if (!slept) co_return fail(ErrorKind::cancelled, "cancelled between two tries");
    }
}

} // namespace gls::aws
