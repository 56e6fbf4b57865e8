// Instants in the spellings that AWS's protocols use. Pure.
#pragma once

#include "simulator/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gls::simulator {

[[nodiscard]] std::string amz_date_of(Millis time);  // 20261124T105416Z
[[nodiscard]] std::string iso_of(Millis time);       // 2026-11-24T10:54:16Z
[[nodiscard]] std::string http_date_of(Millis time); // Tue, 24 Nov 2026 10:54:16 GMT
[[nodiscard]] std::optional<Millis> from_amz_date(std::string_view text);

} // namespace gls::simulator
