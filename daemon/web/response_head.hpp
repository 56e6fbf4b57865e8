// The status line and fields of an answer, as they go on the wire. Pure. Rules: RFC 9112 4 and 6.
#pragma once

#include "base/time.hpp"
#include "web/message.hpp"

#include <string>

namespace gls::web {

[[nodiscard]] std::string response_head(const Answer& answer, bool keep_alive, WallTime now);
[[nodiscard]] std::string http_date(WallTime time); // Tue, 24 Nov 2026 11:08:36 GMT

} // namespace gls::web
