#include "simulator/fault.hpp"

namespace gls::simulator {

namespace {

bool concerns(FaultKind kind, Operation operation, bool with_token) {
    switch (kind) {
    case FaultKind::wrong_items:
    case FaultKind::empty_page_with_token:
    case FaultKind::short_page:
    case FaultKind::repeat_token:
    case FaultKind::endless:
        return lists(operation);
    case FaultKind::expire_token:
        return lists(operation) && with_token;
    case FaultKind::duplicate:
        return lists_sessions(operation);
    case FaultKind::unknown_status:
    case FaultKind::missing_fields:
    case FaultKind::future_timestamps:
    case FaultKind::iso_timestamps:
    case FaultKind::exponent_timestamps:
        return lists_sessions(operation) || operation == Operation::get_stream_session;
    default:
        return operation != Operation::unknown;
    }
}

std::string garbage(std::string_view variant) {
    if (variant == "html") return "<html><body><h1>It works!</h1></body></html>";
    if (variant == "empty") return "";
    if (variant == "array") return "[1, 2, 3]";
    if (variant == "deep") return std::string(100'000, '[');
    if (variant == "cut") return R"({"Items": [{"Arn": "arn:aws:gameliftstr)";
    return std::string{"\x00\xff\xfe{\x01\x80\"Items\": \xc3\x28", 17};
}

std::string_view name_of_status(int status) {
    if (status == 503) return "ServiceUnavailableException";
    if (status == 504) return "GatewayTimeoutException";
    return status >= 500 ? "InternalServerException" : "ValidationException";
}

} // namespace

void FaultBook::add(Fault fault, Millis steady) {
    if (fault.duration_seconds)
        fault.until = steady + static_cast<Millis>(1000 * *fault.duration_seconds);
    faults_.push_back(std::move(fault));
}

std::optional<Fault> FaultBook::draw(Operation operation, bool with_token, Millis steady) {
    for (auto& fault : faults_) {
        const auto of_aws = is_streams(operation) || is_sts(operation);
        if (fault.operation == "*" ? !of_aws : fault.operation != text_of(operation)) continue;
        if (!concerns(fault.kind, operation, with_token) || steady >= fault.until) continue;
        if (fault.count && fault.fired >= *fault.count) continue;
        if (fault.passed < fault.after) {
            ++fault.passed;
            continue;
        }
        if (!chance_.comes_up(fault.probability)) continue;
        ++fault.fired;
        return fault;
    }
    return std::nullopt;
}

std::optional<Failure> failure_of(const Fault& fault, std::string_view caller_arn,
                                  Operation operation) {
    switch (fault.kind) {
    case FaultKind::throttle: {
        auto failure = throttled();
        if (is_sts(operation)) failure = {400, "Throttling", "Rate exceeded"};
        if (fault.status != 0) failure.status = fault.status;
        return failure;
    }
    case FaultKind::status: {
        const auto status = fault.status == 0 ? 500 : fault.status;
        return Failure{status, std::string{name_of_status(status)}, "A fault that was asked for."};
    }
    case FaultKind::expired_credentials: {
        const Refused refused{Refusal::expired_token,
                              "The security token included in the request is expired"};
        return is_sts(operation) ? sts_failure(refused) : streams_failure(refused);
    }
    case FaultKind::deny:
        if (is_sts(operation))
            return Failure{403, "AccessDenied", "User is not authorized to perform this operation"};
        return denied(caller_arn, text_of(operation));
    case FaultKind::expire_token:
        return validation("The provided NextToken is no longer valid.");
    default:
        return std::nullopt;
    }
}

void spoil(Reply& reply, const Fault& fault) {
    if (fault.retry_after_ms)
        reply.headers.emplace_back("x-amz-retry-after", std::to_string(*fault.retry_after_ms));
    switch (fault.kind) {
    case FaultKind::status:
        if (fault.body != "html") return;
        reply.headers = {{"Content-Type", "text/html"}};
        reply.body = "<html><body><h1>" + std::to_string(reply.status) + "</h1></body></html>";
        return;
    case FaultKind::reset:
        reply.delivery = {Delivery::Kind::reset};
        return;
    case FaultKind::hang:
        reply.delivery = {Delivery::Kind::hang, fault.seconds.value_or(3600)};
        return;
    case FaultKind::slow:
        reply.delivery = {Delivery::Kind::slow,
                          fault.seconds.value_or(fault.bytes_per_second != 0 ? 0 : 2),
                          fault.bytes_per_second};
        return;
    case FaultKind::truncate:
        reply.delivery = {Delivery::Kind::truncate};
        return;
    case FaultKind::garbage:
        reply.body = garbage(fault.variant);
        return;
    default:
        return;
    }
}

} // namespace gls::simulator
