// The one loop behind every operation: admit -> credentials -> sign -> send -> classify -> wait ->
// again. Any method, service and error format; call.hpp (GameLift Streams) and STS stand on it.
#pragma once

#include "aws/call.hpp"
#include "aws/credentials.hpp"
#include "aws/http.hpp"
#include "aws/request/endpoint.hpp"
#include "aws/request/sigv4.hpp"
#include "aws/retry/error_response.hpp"
#include "aws/retry/retry_decision.hpp"
#include "aws/retry/retry_settings.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gls::aws {

struct CallSettings {
    ResolvedEndpoint endpoint;
    RetryLimits limits;
    RetryMode mode{RetryMode::adaptive}; // standard: the gate is not told of throttling
    Deadlines deadlines;
    std::string user_agent;
};

// Owned by App, outlive every call. The pointers may be null: an unsigned call, an unpaced one, an
// uncounted one.
struct CallParts {
    Transport& transport;
    Clock& clock;
    Random& random;
    Log& log;
    CredentialsProvider* credentials{nullptr};
    CallGate* gate{nullptr};
    CallObserver* observer{nullptr};
};

struct Attempt {
    std::string operation; // for the gate, the observer, the log and error texts
    HttpRequest request;   // endpoint and headers of every attempt are set here
    ErrorFormat format{ErrorFormat::rest_json};
    Urgency urgency{Urgency::full};
    std::string advice{};          // what to do where it is refused; "" = by the operation's name
    std::vector<Secret> secrets{}; // in the request itself: a refusal may quote them
};

struct Exchange {
    HttpResponse response; // 2xx
    unsigned attempts{0};
    milliseconds took{0}; // the last of them
};

// One per target and service: keeps the day's signing key, the retry quota and the clock offset.
class Attempts {
public:
    Attempts(CallSettings settings, CallParts parts);
    // Errors as Api::call tells them. On cancel: cancelled, as soon as the wait in hand has
    // noticed.
    [[nodiscard]] Task<Result<Exchange>> run(Attempt attempt);
    [[nodiscard]] const Endpoint& endpoint() const noexcept { return settings_.endpoint.endpoint; }

private:
    using Keys = std::shared_ptr<const Credentials>; // null: this call goes unsigned

    [[nodiscard]] Task<Result<Keys>> keys() const;
    [[nodiscard]] Task<Result<Keys>> turn(std::string operation, Urgency urgency) const;
    [[nodiscard]] Task<Result<HttpResponse>> sent(HttpRequest request, const Attempt& attempt);
    [[nodiscard]] HttpRequest dressed(const Attempt& attempt, const std::string& invocation_id,
                                      unsigned number) const;
    void note_date(const HttpResponse& response);
    void mend(Next::Step step, const Error& error, const Attempt& attempt, const Keys& used);

    CallSettings settings_;
    CallParts parts_;
    Signer signer_;
    RetryQuota quota_;
    ClockOffset clock_offset_;
    std::optional<milliseconds> server_ahead_; // by the last Date seen; for the ttl alone
};

// The operation, what happened, what to do and what AWS support asks for, with every secret of the
// call taken out: AWS quotes parts of a request that it refuses.
[[nodiscard]] Error explained(Error error, const Attempt& attempt, const Credentials* keys);

// A random identifier of 122 bits in UUID version 4's form.
[[nodiscard]] std::string uuid4(Random& random);

} // namespace gls::aws
