// Retry arithmetic against the numbers of the published SDKs: classes of errors, waits, quota, and
// the adaptive mode's rates. Jitter is 1, as in the vectors.
#include "aws/adaptive.hpp"
#include "aws/error_response.hpp"
#include "aws/retry.hpp"
#include "aws/retry_decision.hpp"
#include "shared_data.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <string>

namespace gls::aws::test {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

struct Vectors {
    std::unique_ptr<JsonFile> file;
    Vectors() {
        if (const auto path = shared("retry/retry-vectors.json"))
            file = std::make_unique<JsonFile>(*path);
    }
    explicit operator bool() const { return file != nullptr; }
    element operator[](const char* name) const { return file->root()[name]; }
};

milliseconds ms(double seconds_count) {
    return milliseconds{static_cast<milliseconds::rep>(std::llround(seconds_count * 1000))};
}

int status_or_none(element value) {
    return value.is_null() ? 0 : static_cast<int>(number(element{value}));
}
std::string code_or_none(element value) {
    return value.is_null() ? "" : std::string{std::string_view{value}};
}

TEST_CASE("which errors pass and which are throttling") {
    const Vectors vectors;
    if (!vectors) return;
    const element classes = vectors["error_classification"];
    for (const element row : array{classes["transient_cases"]}) {
        const int status = status_or_none(row.at(0));
        const std::string code = code_or_none(row.at(1));
        CAPTURE(status);
        CAPTURE(code);
        if (status == 0 || status == 200) {
            left_out(code.empty() ? "status 200" : code,
                     "not a refused response: the transport or the caller tells these");
            continue;
        }
        // A throttled call is tried again as well; the vectors keep the two apart.
        if (code == "PriorRequestNotComplete") {
            CHECK(is_transient(kind_of(status, code)));
            continue;
        }
        const ErrorKind kind = kind_of(status, code);
        CHECK((is_transient(kind) && kind != ErrorKind::throttled) == flag(row.at(2)));
    }
    for (const element row : array{classes["throttling_cases"]}) {
        const int status = status_or_none(row.at(0));
        const std::string code = code_or_none(row.at(1));
        CAPTURE(status);
        CAPTURE(code);
        if (status == 200) continue;
        CHECK((kind_of(status, code) == ErrorKind::throttled) == flag(row.at(2)));
    }
    for (const element code : array{classes["throttling_error_codes"]}) {
        CHECK(kind_of(400, std::string_view{code}) == ErrorKind::throttled);
    }
    for (const char* list :
         {"definite_clock_skew_error_codes", "possible_clock_skew_error_codes"}) {
        for (const element code : array{classes[list]}) {
            CAPTURE(std::string{std::string_view{code}});
            const ErrorKind kind = kind_of(403, std::string_view{code});
            CHECK((kind == ErrorKind::clock_skew || kind == ErrorKind::denied));
        }
    }
}

TEST_CASE("waits double up to their cap") {
    const Vectors vectors;
    if (!vectors) return;
    for (const element one : array{vectors["backoff"]}) {
        if (text(one["spec"]) != "2.1") {
            left_out(text(one["name"]), "the daemon waits as spec 2.1 has it");
            continue;
        }
        const ErrorKind kind =
            text(one["kind"]) == "throttling" ? ErrorKind::throttled : ErrorKind::server_error;
        unsigned attempt = 0;
        for (const element delay : array{one["delays_s_by_attempt"]}) {
            CHECK(backoff(kind, ++attempt, 1.0, std::nullopt, ms(number(one["max_backoff_s"]))) ==
                  ms(number(element{delay})));
        }
    }
}

TEST_CASE("x-amz-retry-after moves a wait within bounds") {
    const Vectors vectors;
    if (!vectors) return;
    for (const element one : array{vectors["retry_after"]}) {
        const std::string name = text(one["name"]);
        if (text(one["spec"]) != "2.1") {
            left_out(name, "the daemon waits as spec 2.1 has it");
            continue;
        }
        CAPTURE(name);
        HttpResponse response;
        response.status = static_cast<int>(number(one["http_status"]));
        response.headers.push_back({"x-amz-retry-after", text(one["header_ms"])});
        const Error error = error_of(response, ErrorFormat::rest_json);
        const auto attempt = static_cast<unsigned>(number(one["attempt"]));
        CHECK(backoff(error.kind, attempt, 1.0, error.retry_after) ==
              ms(number(one["expected_delay_s"])));
    }
}

ErrorKind kind_named(const std::string& outcome) {
    if (outcome == "throttling") return ErrorKind::throttled;
    if (outcome == "timeout" || outcome == "transient") return ErrorKind::timeout;
    return ErrorKind::server_error;
}

void run_scenario(element one) {
    RetryQuota quota{static_cast<unsigned>(number(one["capacity"]))};
    RetryLimits limits;
    limits.max_attempts = static_cast<unsigned>(number(one["max_attempts"]));
    if (has(one["max_backoff_s"])) limits.max_backoff = ms(number(one["max_backoff_s"]));
    CallState state;
    for (const element step : array{one["steps"]}) {
        if (flag(step["new_call"])) state = CallState{};
        if (has(step["quota_before"]))
            quota = RetryQuota{static_cast<unsigned>(number(step["quota_before"]))};
        ++state.attempts;
        const std::string outcome = text(step["outcome"]);
        CAPTURE(outcome);
        Error error;
        error.kind = kind_named(outcome);
        if (has(step["retry_after_ms"]))
            error.retry_after = ms(number(step["retry_after_ms"]) / 1000);
        const Next next =
            decide(state, outcome == "success" ? nullptr : &error, false, 1.0, limits, quota);
        const bool again = text(step["decision"]) == "retry";
        CHECK((next.step == Next::Step::again) == again);
        if (again && has(step["delay_s"])) CHECK(next.wait == ms(number(step["delay_s"])));
        if (has(step["quota"]))
            CHECK(quota.available() == static_cast<unsigned>(number(step["quota"])));
    }
}

TEST_CASE("the standard mode's scenarios") {
    const Vectors vectors;
    if (!vectors) return;
    int count = 0;
    for (const element one : array{vectors["standard_mode_scenarios"]["cases"]}) {
        const std::string name = text(one["name"]);
        CAPTURE(name);
        if (text(one["spec"]) != "2.1") {
            left_out(name, "costs and waits of spec 2.0");
            continue;
        }
        run_scenario(one);
        ++count;
    }
    CHECK(count > 0);
}

TEST_CASE("the quota") {
    const Vectors vectors;
    if (!vectors) return;
    const element cases = vectors["quota_unit_cases"];
    for (const element one : array{cases["cases"]}) {
        CAPTURE(text(one["name"]));
        RetryQuota quota{static_cast<unsigned>(number(cases["capacity"]))};
        for (const element op : array{one["ops"]}) {
            const auto amount = static_cast<unsigned>(number(op.at(1)));
            if (text(op.at(0)) == "acquire") {
                CHECK(quota.acquire(amount) == flag(op.at(2)));
            } else {
                quota.release(amount);
            }
            CHECK(quota.available() == static_cast<unsigned>(number(op.at(3))));
        }
    }
}

void run_cubic_case(element one) {
    Cubic cubic{number(one["starting_max_rate"]), number(one["start_time"]), number(one["beta"])};
    if (has(one["error_rate"])) {
        const double rate = cubic.on_throttle(number(one["error_rate"]), number(one["error_at"]));
        CHECK(rate == doctest::Approx(number(one["expected_rate"])));
    }
    if (has(one["success_at"])) {
        const char* expected =
            has(one["expected_success_rate"]) ? "expected_success_rate" : "expected_rate";
        CHECK(cubic.on_success(number(one["success_at"])) ==
              doctest::Approx(number(one[expected])));
    }
    if (has(one["expected_k"])) CHECK(cubic.k() == doctest::Approx(number(one["expected_k"])));
    if (has(one["expected_w_max"]))
        CHECK(cubic.w_max() == doctest::Approx(number(one["expected_w_max"])));
    if (has(one["expected_last_fail"]))
        CHECK(cubic.last_fail() == doctest::Approx(number(one["expected_last_fail"])));
}

TEST_CASE("CUBIC") {
    const Vectors vectors;
    if (!vectors) return;
    const element cubic_cases = vectors["cubic"];
    for (const element one : array{cubic_cases["boto_cases"]}) {
        CAPTURE(text(one["name"]));
        run_cubic_case(one);
    }
    const element successes = cubic_cases["successes"];
    const Cubic steady{number(successes["w_max"]), number(successes["last_throttle_at"])};
    for (const element row : array{successes["rows"]}) {
        CHECK(steady.on_success(number(row.at(0))) == doctest::Approx(number(row.at(1))));
    }
    const element mixed = cubic_cases["mixed"];
    Cubic cubic{number(mixed["w_max"]), number(mixed["last_throttle_at"])};
    double rate = 0;
    for (const element row : array{mixed["rows"]}) {
        const double t = number(row.at(1));
        if (flag(row.at(0))) {
            const double reduced = cubic.on_throttle(rate, t);
            cubic = Cubic{reduced, t}; // the quirk that the vectors keep: w_max is the reduced rate
            rate = reduced;
        } else {
            rate = cubic.on_success(t);
        }
        CHECK(rate == doctest::Approx(number(row.at(2))));
    }
}

TEST_CASE("the client's rate over a mix of answers") {
    const Vectors vectors;
    if (!vectors) return;
    AdaptiveRate rate;
    bool throttled_yet = false;
    for (const element row : array{vectors["client_rate_limiter"]["rows"]}) {
        const double t = number(row.at(1));
        CAPTURE(t);
        rate.on_response(flag(row.at(0)), t);
        throttled_yet = throttled_yet || flag(row.at(0));
        CHECK(rate.measured_per_second() == doctest::Approx(number(row.at(2))));
        // Until the first throttle nothing is limited: the vectors' fill rate is then without
        // effect.
        if (throttled_yet) CHECK(rate.allowed_per_second() == doctest::Approx(number(row.at(3))));
        CHECK(rate.limited() == throttled_yet);
    }
    for (const element one : array{vectors["limiter_cap"]["cases"]}) {
        CHECK(capped_rate(number(one["cubic_rate"]), number(one["measured_rate"])) ==
              doctest::Approx(number(one["expected_max_rate"])));
    }
}

TEST_CASE("how fast we send") {
    const Vectors vectors;
    if (!vectors) return;
    for (const element one : array{vectors["rate_clocker"]["cases"]}) {
        CAPTURE(text(one["name"]));
        RateClocker clocker;
        double rate = 0;
        for (const element t : array{one["record_at"]})
            rate = clocker.record(number(element{t}));
        if (has(one["expected_rate"])) CHECK(rate == doctest::Approx(number(one["expected_rate"])));
        if (has(one["expected_rate_approx"]))
            CHECK(std::abs(rate - number(one["expected_rate_approx"])) < 0.05);
        if (has(one["expected_min"])) CHECK(rate >= number(one["expected_min"]));
        if (has(one["expected_range"])) {
            CHECK(rate >= number(one["expected_range"].at(0)));
            CHECK(rate <= number(one["expected_range"].at(1)));
        }
    }
}

void acquire_all(TokenBucket& bucket, simdjson::simdjson_result<element> times) {
    element found;
    if (times.get(found) != simdjson::SUCCESS) return;
    for (const element t : array{found})
        CHECK(bucket.acquire(number(element{t})) == 0);
}

TEST_CASE("tokens that arrive at a rate") {
    const Vectors vectors;
    if (!vectors) return;
    for (const element one : array{vectors["token_bucket"]["cases"]}) {
        CAPTURE(text(one["name"]));
        TokenBucket bucket{number(one["max_rate"]), number(one["created_at"]),
                           number(one["min_rate"])};
        acquire_all(bucket, one["acquire_at"]);
        for (const char* change : {"then_set_max_rate", "set_max_rate"}) {
            if (has(one[change]))
                bucket.set_rate(number(one[change]["rate"]), number(one[change]["at"]));
        }
        acquire_all(bucket, one["then_acquire_at"]);
        if (has(one["expected_fill_rate"]))
            CHECK(bucket.fill_rate() == number(one["expected_fill_rate"]));
        if (has(one["expected_max_capacity"]))
            CHECK(bucket.max_capacity() == number(one["expected_max_capacity"]));
        element steps;
        if (one["steps"].get(steps) != simdjson::SUCCESS) continue;
        for (const element step : array{steps}) {
            const double wait = bucket.acquire(number(step["at"]));
            CHECK((wait == 0) == flag(step["granted"]));
            if (has(step["wait_s"])) CHECK(wait == doctest::Approx(number(step["wait_s"])));
        }
    }
}

} // namespace
} // namespace gls::aws::test
