// A value or an Error. Functions that can fail return one of these; exceptions mean a bug.
#pragma once

#include "base/error.hpp"

#include <expected>

namespace gls {

template <class T = void>
using Result = std::expected<T, Error>;

// Built by a function so that no aggregate is spelled inside an expression with co_await: GCC 12
// destroys such temporaries twice.
[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    return std::unexpected<Error>{std::move(error)};
}

} // namespace gls
