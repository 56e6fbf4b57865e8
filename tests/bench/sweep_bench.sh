#!/bin/sh
# A full sweep of a large fleet over TLS on loopback: the least that any program would need for it
# (floor_bench), reading without keeping anything, and into the session table, in turn.
#     tests/bench/sweep_bench.sh [BUILD [SESSIONS [ROUNDS]]]      default: build/release 1000000 3
# CPU seconds are those of the sweeping process alone: user and system, start-up included. How many of
# them the system takes depends on the machine more than on the program: on a virtual one each of 10,000
# answers has to wake a core that sleeps. So all is run twice: with the cores free, and with simulator
# and sweep on one core, which then never sleeps. What holds on any machine is the ratio to the floor.
set -eu
build=${1:-build/release}
sessions=${2:-1000000}
rounds=${3:-3}
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
measure() {
    for _ in $(seq "$rounds"); do
        "$build/tests/bench/floor_bench" "$url"
        "$build/tests/bench/sweep_bench" fetch "$url"
        "$build/tests/bench/sweep_bench" table "$url"
    done >"$work/lines"
    cat "$work/lines"
    # Of each the best round: what the machine does besides only adds to it.
    sed -n 's/^\([a-z]*\) .*calls *\([0-9.]*\) CPU s.*/\1 \2/p' "$work/lines" |
        awk '!($1 in best) || $2 < best[$1] { best[$1] = $2 }
             END { printf "best CPU s: floor %.2f, fetch %.2f (%.2f times), table %.2f (%.2f times)\n",
                   best["floor"], best["fetch"], best["fetch"] / best["floor"], best["table"], best["table"] / best["floor"] }'
}

echo "full sweep of $sessions sessions, TLS on loopback, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
echo "cores free:"
measure
echo "one core for both:"
taskset -acp 0 "$simulator" >/dev/null
taskset -acp 0 $$ >/dev/null
measure
