// GET /api/v1/status: how each target goes and what was counted, for scripts and for the page's own
// refresh. Times are ISO 8601 in UTC, durations seconds, and what is not known is null. Counts obey
// the same ages as /metrics. Pure.
//
//   now, verdict{condition,sentence}
//   exporter{version,revision,started,telemetry_path}
//   targets[]: name, region, account_id, labels{}, up, verdict{...}
//     sweeps{live,full}: started, duration, pages, sessions, duplicates, api_requests, failure,
//       message, last_success, interval, stale_after
//     pace{requests_per_second}, budget{requests,remaining}, credentials{source,expires},
//     last_error, snapshot{live_as_of,full_as_of,tracked_sessions,statuses{},locations[]{location,
//       statuses{},exports{}}}
#pragma once

#include "poll/board.hpp"
#include "web/site.hpp"

#include <string>

namespace gls::web {

[[nodiscard]] std::string status_json(const poll::Pictures& pictures, WallTime now,
                                      const Site& site);

} // namespace gls::web
