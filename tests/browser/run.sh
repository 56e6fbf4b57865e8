#!/bin/sh
# Looks at the status page with Chromium: tests/browser/run.sh page|changes
# GLS_EXPORTER and GLS_SIMULATOR name the programs, as CTest sets them; GLS_PICTURES the folder that gets the
# screenshots, if there are to be any; CHROMIUM another browser than Debian's.
set -eu
name=${1:?usage: run.sh page|changes}
cd "$(dirname "$0")"
command -v node >/dev/null 2>&1 || { echo "node is missing: install Node 18 or newer" >&2; exit 1; }
[ -d node_modules/playwright-core ] || { echo "playwright-core is missing: run 'npm ci' in tests/browser" >&2; exit 1; }
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "Chromium is missing: install Debian's package chromium, or set CHROMIUM" >&2; exit 1; }
exec node --test "$name.test.mjs"
