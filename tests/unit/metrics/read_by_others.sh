#!/bin/sh
# The exposition through promtool's lint and Debian's strict OpenMetrics parser: both formats must
# parse, hold the same series, and leave promtool nothing to say.
set -eu
print=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$print" text >"$work/text"
"$print" openmetrics >"$work/openmetrics"
promtool check metrics <"$work/text" >"$work/lint" 2>&1 || { cat "$work/lint"; exit 1; }
[ ! -s "$work/lint" ] || { cat "$work/lint"; exit 1; }
/usr/bin/python3 "$(dirname "$0")/same_series.py" "$work/text" "$work/openmetrics"
