#include "base/error.hpp"

namespace gls {

std::string_view reason_of(ErrorKind kind) noexcept {
    switch (kind) {
    case ErrorKind::throttled:
        return "throttled";
    case ErrorKind::server_error:
        return "server_error";
    case ErrorKind::timeout:
        return "timeout";
    case ErrorKind::connection:
    case ErrorKind::unavailable:
        return "connection";
    case ErrorKind::tls:
        return "tls";
    case ErrorKind::not_configured:
    case ErrorKind::expired_credentials:
    case ErrorKind::credentials:
        return "credentials";
    case ErrorKind::clock_skew: // a skew that the one correction did not cure is a refusal
    case ErrorKind::denied:
        return "denied";
    case ErrorKind::invalid_input:
    case ErrorKind::invalid_request:
        return "invalid_request";
    case ErrorKind::not_found:
        return "not_found";
    case ErrorKind::expired_token:
        return "expired_token";
    case ErrorKind::malformed:
        return "malformed";
    case ErrorKind::budget:
        return "budget";
    case ErrorKind::cancelled:
        return "cancelled";
    }
    return "malformed";
}

} // namespace gls
