// GET /: the same as /api/v1/status for people. Rendered here, whole and readable without
// JavaScript; the page's own script then replaces its content when the status has changed. Pure.
#pragma once

#include "poll/board.hpp"
#include "web/message.hpp"
#include "web/site.hpp"

namespace gls::web {

[[nodiscard]] Answer status_page(const poll::Pictures& pictures, WallTime now, const Site& site);

} // namespace gls::web
