#include "base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string_view>

using gls::ErrorKind;
using gls::reason_of;

TEST_CASE("every kind of error has one of the contract's reasons") {
    constexpr std::array<std::string_view, 13> reasons{
        "throttled",       "denied",    "timeout",      "connection",   "tls",
        "malformed",       "budget",    "cancelled",    "server_error", "credentials",
        "invalid_request", "not_found", "expired_token"};
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::cancelled); ++kind) {
        CAPTURE(kind);
        CHECK(std::ranges::count(reasons, reason_of(static_cast<ErrorKind>(kind))) == 1);
    }
    CHECK(reason_of(ErrorKind::throttled) == "throttled");
    CHECK(reason_of(ErrorKind::expired_credentials) == "credentials");
    CHECK(reason_of(ErrorKind::clock_skew) == "denied");
    CHECK(reason_of(ErrorKind::cancelled) == "cancelled");
}
