// What went wrong, as a value: a kind that says what the caller does next, one plain sentence for a
// person, and what AWS said. No secret, user id or signal data is ever put into an Error.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gls {

enum class ErrorKind {
    not_configured, // this source does not apply: try the next one
    throttled,      // AWS asks to slow down: back off, then again
    server_error,   // HTTP 5xx or an internal error of AWS: again later
    timeout,        // a deadline of ours passed: again later
    connection,     // name, route, refused, reset or cut off: again later
    tls,            // chain or host name not verified, handshake failed: give up, tell the operator
    expired_credentials, // refresh the credentials once, then again
    clock_skew,          // learn the offset from the Date header once, then again
    denied,              // IAM or a signature refused: give up, tell the operator
    invalid_request,     // AWS finds the request wrong: give up
    not_found,           // the one resource asked for does not exist
    expired_token,       // a NextToken is no longer valid: start the chain again, once
    malformed,           // the answer is not what the protocol promises: give up this sweep
    budget,              // requests_per_day leaves no room: wait for the next UTC day
    credentials,         // no usable credentials: tell the operator, keep trying
    invalid_input,       // a flag, setting or file of the user is wrong: stop, exit code 1
    unavailable,         // an address, certificate or state file cannot be had: stop, exit code 2
    cancelled,           // asked to stop; never logged as an error
};

struct Error {
    ErrorKind kind{ErrorKind::malformed};
    std::string message;                                  // what, where, and what to do; one line
    std::string code;                                     // AWS error code where there is one
    int http_status{0};                                   // 0 = no response was read
    std::string request_id;                               // x-amzn-RequestId, for AWS support
    std::optional<std::chrono::milliseconds> retry_after; // x-amz-retry-after
    std::optional<std::chrono::system_clock::time_point> server_time; // the Date header
    unsigned attempts{0}; // requests that a failed call had made
};

// Built by functions so that no aggregate is spelled inside an expression with co_await: GCC 12
// destroys such temporaries twice. fail() of base/result.hpp is the other.
[[nodiscard]] inline Error error_of(ErrorKind kind, std::string message) {
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    return error;
}

// The `reason` label of failures: throttled denied timeout connection tls malformed budget
// cancelled server_error credentials invalid_request not_found expired_token.
[[nodiscard]] std::string_view reason_of(ErrorKind kind) noexcept;

} // namespace gls
