#!/bin/sh
# A full sweep of a large fleet over TLS on loopback, first without and then with the session table.
#     tests/bench/sweep_bench.sh [BUILD [SESSIONS [RUNS]]]      default: build/release 1000000 3
# CPU seconds are those of the sweeping process alone: user and system, start-up included.
set -eu
build=${1:-build/release}
sessions=${2:-1000000}
runs=${3:-3}
work=$(mktemp -d)
simulator=""
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null; rm -rf "$work"' EXIT INT TERM

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
"$build/tests/simulator/gamelift_streams_simulator" --tls-certificate "$work/cert.pem" --tls-key "$work/key.pem" \
    --sessions "$sessions" --live "$((sessions / 100))" --speed 0 --rate-limit 0 >"$work/out" &
simulator=$!
until grep -q listening "$work/out"; do sleep 0.2; done
url=$(sed -n 's/.*url=//p' "$work/out")

export AWS_CA_BUNDLE="$work/cert.pem" AWS_ACCESS_KEY_ID=AKIDSIMULATOR \
    AWS_SECRET_ACCESS_KEY=SECRET-MARKER-simulator-key
echo "full sweep of $sessions sessions, TLS on loopback, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
for mode in fetch table; do
    for _ in $(seq "$runs"); do "$build/tests/bench/sweep_bench" "$mode" "$url"; done
done
