// A failure of one source as the chain tells it: which source, then what went wrong. Pure.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace gls::aws {

// Kinds that say whether a later try may help stay; all others mean that somebody has to mend the
// source, which is what `credentials` says.
[[nodiscard]] inline std::unexpected<Error> source_failed(std::string_view source, Error error) {
    switch (error.kind) {
    case ErrorKind::throttled:
    case ErrorKind::server_error:
    case ErrorKind::timeout:
    case ErrorKind::connection:
    case ErrorKind::tls:
    case ErrorKind::denied:
    case ErrorKind::cancelled:
    case ErrorKind::credentials:
        break;
    default:
        error.kind = ErrorKind::credentials;
    }
    error.message.insert(0, std::string{source} + ": ");
    return std::unexpected<Error>{std::move(error)};
}

} // namespace gls::aws
