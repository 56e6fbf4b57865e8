// A value or an Error. Functions that can fail return one of these; exceptions mean a bug.
#pragma once

#include "base/error.hpp"

#include <expected>

namespace gls {

template <class T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return std::unexpected<Error>{error_of(kind, std::move(message))};
}

} // namespace gls
