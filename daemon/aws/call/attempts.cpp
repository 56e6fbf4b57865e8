#include "aws/call/attempts.hpp"

#include "base/iso8601.hpp"

#include <chrono>
#include <utility>

namespace gls::aws {

namespace {

// AWS names errors by header or body whatever the status is, so a "success" may hide one.
bool is_success(const HttpResponse& response) {
    constexpr std::size_t longest_error = 4096;
    if (response.status < 200 || response.status > 299) return false;
    if (response.header("x-amzn-ErrorType")) return false;
    return response.body.size() > longest_error || !response.body.contains("\"__type\"");
}

std::string code_label(const Result<HttpResponse>& answer) {
    if (answer) return "200";
    const Error& error = answer.error();
    if (!error.code.empty()) return error.code;
    if (error.http_status != 0) return std::to_string(error.http_status);
    return std::string{reason_of(error.kind)};
}

} // namespace

Attempts::Attempts(CallSettings settings, CallParts parts)
    : settings_{std::move(settings)}, parts_{parts},
      signer_{settings_.endpoint.signing_region, settings_.endpoint.signing_name} {}

Task<Result<Exchange>> Attempts::run(Attempt attempt) {
    const std::string invocation_id = uuid4(parts_.random);
    CallState state;
    for (;;) {
        Result<Keys> used = co_await turn(attempt.operation, attempt.urgency);
        if (!used) {
            Error error = std::move(used).error();
            error.attempts = state.attempts;
            co_return std::unexpected{std::move(error)};
        }
        HttpRequest request = dressed(attempt, invocation_id, ++state.attempts);
        const auto offset = clock_offset_.offset();
        if (*used) signer_.sign(request, **used, clock_offset_.corrected(parts_.clock.now()));
        const SteadyTime begun = parts_.clock.steady_now();
        Result<HttpResponse> answer = co_await sent(std::move(request), attempt);
        const auto took = parts_.clock.steady_now() - begun;

        const Error* const error = answer ? nullptr : &answer.error();
        const bool clock_is_off =
            error != nullptr && clock_offset_.learn(*error, offset, parts_.clock.now());
        const Next next =
            decide(state, error, clock_is_off, parts_.random.unit(), settings_.limits, quota_);
        if (next.step == Next::Step::done) {
            Exchange exchange{std::move(*answer), state.attempts,
                              std::chrono::duration_cast<milliseconds>(took)};
            co_return exchange;
        }
        // An unsigned call has no keys that could be renewed.
        const bool in_vain = next.step == Next::Step::refresh_and_again && !*used;
        if (next.step == Next::Step::give_up || in_vain) {
            // Whoever rotates keys at their source need not restart anything.
            if (*used && are_wrong_keys(*error)) parts_.credentials->refused_by_aws(**used);
            Error final_error = explained(*error, attempt, used->get());
            final_error.attempts = state.attempts;
            co_return std::unexpected{std::move(final_error)};
        }
        mend(next.step, *error, attempt, *used);
        if (parts_.observer != nullptr) {
            parts_.observer->retried(attempt.operation, reason_of(error->kind),
                                     in_seconds(next.wait));
        }
        bool waited = true;
        if (next.wait > milliseconds{0}) waited = co_await parts_.clock.sleep_for(next.wait);
        if (!waited) {
            Error stopped =
                fail(ErrorKind::cancelled, attempt.operation + " was cancelled").error();
            stopped.attempts = state.attempts;
            co_return std::unexpected{std::move(stopped)};
        }
    }
}

// Keys are asked for before the turn, so that no turn is spent without any, and again after it,
// because waiting for the turn may take longer than they live.
Task<Result<Attempts::Keys>> Attempts::turn(std::string operation, Urgency urgency) const {
    Result<Keys> known = co_await keys();
    if (!known || parts_.gate == nullptr) co_return known;
    Result<> admitted = co_await parts_.gate->admit(std::move(operation), urgency);
    if (!admitted) co_return std::unexpected{std::move(admitted).error()};
    co_return co_await keys();
}

Task<Result<Attempts::Keys>> Attempts::keys() const {
    if (parts_.credentials == nullptr) co_return Keys{};
    co_return co_await parts_.credentials->get();
}

Task<Result<HttpResponse>> Attempts::sent(HttpRequest request, const Attempt& attempt) {
    const SteadyTime begun = parts_.clock.steady_now();
    Result<HttpResponse> answer =
        co_await parts_.transport.send(std::move(request), settings_.deadlines);
    const FineSeconds took = parts_.clock.steady_now() - begun;
    if (answer) {
        note_date(*answer);
        if (!is_success(*answer)) answer = std::unexpected{error_of(*answer, attempt.format)};
    }
    if (parts_.gate != nullptr) {
        const bool slow_down = settings_.mode == RetryMode::adaptive && !answer &&
                               answer.error().kind == ErrorKind::throttled;
        parts_.gate->settled(attempt.operation, slow_down);
    }
    if (parts_.observer != nullptr) {
        parts_.observer->attempted(attempt.operation, code_label(answer), took.count());
    }
    co_return answer;
}

HttpRequest Attempts::dressed(const Attempt& attempt, const std::string& invocation_id,
                              unsigned number) const {
    HttpRequest request = attempt.request;
    request.endpoint = settings_.endpoint.endpoint;
    request.may_be_resent = false; // each request is an attempt of its own to pace and budget
    request.set_header("User-Agent", settings_.user_agent);
    request.set_header("amz-sdk-invocation-id", invocation_id);
    // The ttl tells the service when nobody waits for the answer any more; by its own clock, so it
    // is said only once that clock has been seen.
    std::string progress;
    if (server_ahead_) {
        const WallTime ends = parts_.clock.now() + *server_ahead_ + settings_.deadlines.request;
        progress = "ttl=" + amz_date(ends) + "; ";
    }
    progress += "attempt=" + std::to_string(number);
    progress += "; max=" + std::to_string(settings_.limits.max_attempts);
    request.set_header("amz-sdk-request", std::move(progress));
    return request;
}

void Attempts::note_date(const HttpResponse& response) {
    const auto date = response.header("Date");
    if (!date) return;
    if (const auto time = parse_http_date(*date)) server_ahead_ = *time - parts_.clock.now();
}

// What must change before the next attempt, and the one log line about it.
void Attempts::mend(Next::Step step, const Error& error, const Attempt& attempt, const Keys& used) {
    if (step == Next::Step::mend_clock_and_again) {
        parts_.log.warn(
            "clock_offset_learned",
            {{"operation", attempt.operation},
             {"offset_seconds", clock_offset_.offset().count() / 1000},
             {"hint", "this machine's clock differs from AWS's: check its time service"}});
    } else if (step == Next::Step::refresh_and_again) {
        parts_.log.info(
            "credentials_refused_as_expired",
            {{"operation", attempt.operation}, {"source", used ? used->source : "none"}});
        if (used) parts_.credentials->refused_by_aws(*used);
    } else {
        parts_.log.debug("call_retried", {{"operation", attempt.operation},
                                          {"reason", reason_of(error.kind)},
                                          {"code", error.code},
                                          {"http_status", error.http_status}});
    }
}

} // namespace gls::aws
