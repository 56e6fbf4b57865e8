// Retry arithmetic against the numbers of the published SDKs: classes of errors, waits, quota, and
// the adaptive mode's rates. Jitter is 1, as in the vectors.
#include "aws/retry/error_response.hpp"
#include "aws/retry/retry.hpp"
#include "aws/retry/retry_decision.hpp"
#include "retry_vectors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <string>

namespace gls::aws::test {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

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

TEST_CASE("sections that are checked elsewhere, or not at all") {
    const Vectors vectors;
    if (!vectors) return;
    for (const element code : array{vectors["error_classification"]["sts_only_error_codes"]})
        CHECK(is_transient(kind_of(400, std::string_view{code})));
    left_out("retry/constants", "max_attempts_default 3 is the SDKs'; the contract's default is 5");
    left_out("retry/amz_sdk_request_header",
             "the header is checked where it is made, in attempts_test");
}

} // namespace
} // namespace gls::aws::test
