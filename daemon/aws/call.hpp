// One operation of AWS, from endpoint to body: credentials, admission by the pace, signature,
// request, judgement of the answer, a wait, and again. Read-only by construction: only GET requests
// of GameLift Streams can be built.
#pragma once

#include "aws/http.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gls::aws {

// Who waits for whom at the limiter: smaller goes first.
enum class Urgency { live, look_up, full, inventory };

struct Operation {
    std::string name;                                       // "ListStreamSessionsByAccount"
    std::vector<std::string> path;                          // segments, not yet percent-encoded
    std::vector<std::pair<std::string, std::string>> query; // not yet percent-encoded
    Urgency urgency{Urgency::full};
};

struct Answer {
    std::string body;     // has simdjson's padding as spare capacity
    unsigned attempts{0}; // how many requests it took
    milliseconds took{0}; // the last of them, from its sending to the end of its answer
};

// Asked before every attempt, told after it. Real: poll/pace. Attempts that are never admitted cost
// nothing and are not counted.
class CallGate {
public:
    virtual ~CallGate() = default;
    // Waits for its turn. Errors: budget, cancelled.
    [[nodiscard]] virtual Task<Result<>> admit(std::string operation, Urgency urgency) = 0;
    // After every attempt. `throttled` is told in adaptive retry mode alone: slow down.
    virtual void settled(std::string_view operation, bool throttled) = 0;
};

// Hears of every attempt and every wait; implemented by metrics.
class CallObserver {
public:
    virtual ~CallObserver() = default;
    // code: "200", the AWS error code, or timeout connection tls malformed cancelled.
    virtual void attempted(std::string_view operation, std::string_view code,
                           double duration_seconds) = 0;
    virtual void retried(std::string_view operation, std::string_view reason,
                         double backoff_seconds) = 0;
};

// The seam for everything above: streams/ and poll/ know AWS through this alone.
class Api {
public:
    virtual ~Api() = default;
    // Every error kind but those for start-up; Error::attempts says how many requests it took.
    [[nodiscard]] virtual Task<Result<Answer>> call(Operation operation) = 0;
};

} // namespace gls::aws
