#!/bin/sh
# Drives a fault in the quick start's simulated AWS, so that its alerts can be rehearsed on /alerts of its Prometheus.
#   deploy/rehearse.sh FAULT    begins one; `deploy/rehearse.sh` alone lists them
#   deploy/rehearse.sh end      mends all
# SIMULATOR=URL names another simulator than the one that the quick start runs.
set -eu
out=$(dirname "$0")/../build/quickstart/run/simulator.out

faults='refused          AWS refuses every call                AccessDenied, PictureStale, SweepsFailing, InventoryFailing
throttled        AWS throttles a third of the calls    Throttled
broken           AWS answers 500                       CallErrors, PictureStale, SweepsFailing
hanging          AWS does not answer                   CallErrors, PictureStale, SweepsFailing
unknown          AWS sends a status that is new        UnknownValue
errors           sessions end in ERROR                 SessionErrorsFast, SessionErrorsSlow
exports          exports fail                          ExportFailures
stuck            sessions stay where they are          StuckActivating, StuckTerminating, StuckReconnecting
dropped          clients lose their connection         ReconnectsHigh
collapsed        the connected players vanish          ConnectedCollapsed (after an hour of run)
exhausted        a location is full                    CapacityExhausted, CapacityNotAllocated
unhealthy        a group is in ERROR, ends tomorrow    StreamGroupUnhealthy, StreamGroupExpiring'

say() { printf '%s\n' "$*"; }
die() { printf 'rehearse.sh: %s\n' "$*" >&2; exit 1; }

# control METHOD PATH [BODY]
control() {
    curl -fsS -X "$1" "$simulator/_simulator/$2" ${3:+-d "$3"} ||
        die "the simulator at $simulator did not take it; is the quick start running?"
}
rule() { control POST faults "{\"rules\": [$1]}" >/dev/null; }
orders() { control POST fleet "{\"orders\": [$1]}" >/dev/null; }
hold() {
    for status in "$@"; do printf '{"do": "hold", "status": "%s", "on": true}, ' "$status"; done
}

if [ $# -eq 0 ]; then
    say "usage: deploy/rehearse.sh FAULT | end"
    say "$faults"
    exit 0
fi
[ $# -eq 1 ] || die "one fault at a time"
alerts=$(say "$faults" | sed -n "s/^$1  *.\{38\}//p")
[ "$1" = end ] || [ -n "$alerts" ] || die "there is no fault '$1'; without arguments this lists them"

simulator=${SIMULATOR:-$(sed -n 's/^listening url=//p' "$out" 2>/dev/null | head -n 1)}
[ -n "$simulator" ] || die "no simulator: start deploy/quickstart.sh, or set SIMULATOR to the URL of one"

case $1 in
refused) rule '{"kind": "deny"}' ;;
throttled) rule '{"kind": "throttle", "probability": 0.3}' ;;
broken) rule '{"kind": "status"}' ;;
hanging) rule '{"kind": "hang"}' ;;
unknown) rule '{"kind": "unknown_status"}' ;;
errors) orders '{"do": "set", "error_share": 0.6}' ;;
exports) orders '{"do": "set", "export_failure_share": 1}' ;;
stuck) orders "$(hold ACTIVATING TERMINATING PENDING_CLIENT_RECONNECTION) {\"do\": \"set\", \"drop_share\": 0.3}" ;;
dropped) orders "$(hold PENDING_CLIENT_RECONNECTION)
    {\"do\": \"move\", \"from\": \"CONNECTED\", \"to\": \"PENDING_CLIENT_RECONNECTION\", \"count\": 100}" ;;
collapsed) orders '{"do": "set", "starts_per_minute": 1},
    {"do": "end", "count": 250, "status": "TERMINATED", "status_reason": "apiTerminated"}' ;;
exhausted)
    # The place where most sessions run.
    place=$(control GET truth | jq -c '[.stream_groups[] | .stream_group as $id | .locations[] |
        {stream_group: $id, location, used: (.allocated - .idle)}] | max_by(.used) | del(.used)')
    orders "$(say "$place" | jq -c '. + {do: "set_location", allocated: 1, always_on: 2, maximum: 1}')" ;;
unhealthy) orders '{"do": "set_group", "status": "ERROR", "expires_in_seconds": 86400}' ;;
end)
    control DELETE faults >/dev/null
    # A new fleet of the same sizes; what was ordered for the old one goes with it.
    control POST fleet '{"reset": {}}' >/dev/null
    say "all faults are mended; a new fleet of the same size lives"
    exit 0 ;;
esac
say "begun; these come as GameLiftStreams... within their times in deploy/runbooks.md: $alerts"
