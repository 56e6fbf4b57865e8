// Timestamps as AWS and HTTP write them. Pure.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls {

// "2026-11-24T10:44:00Z", with or without a fraction, with Z or an offset; nothing else.
[[nodiscard]] std::optional<WallTime> parse_iso8601(std::string_view text);
[[nodiscard]] std::string iso8601(WallTime time);  // 2026-11-24T10:44:00.000Z
[[nodiscard]] std::string amz_date(WallTime time); // 20261124T104400Z, SigV4's form
[[nodiscard]] std::optional<WallTime> parse_http_date(std::string_view text); // RFC 9110 5.6.7

} // namespace gls
