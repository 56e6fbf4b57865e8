#!/bin/sh
# A full sweep of a large fleet over TLS on loopback, first without and then with the session table.
#     tests/bench/sweep_bench.sh [BUILD [SESSIONS [RUNS]]]      default: build/release 1000000 3
# CPU seconds are those of the sweeping process alone: user and system, start-up included. How many of
# them the system takes depends on the machine more than on the program: on a virtual one, each of 10,000
# answers costs it a sleeping core's waking. So all is run twice, with the cores free and with simulator
# and sweep on one core, which then never sleeps; and curl says beside them what fetching alone costs: as
# many signed calls for the list's first page, over one connection, thrown away.
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
curl_alone() {
    python3 - "$url" "$((sessions / 100))" "$work" "$runs" <<'EOF'
import os, resource, subprocess, sys
url, pages, work, runs = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
with open(f"{work}/curl", "w") as script:
    script.write(f'silent\nfail\ncacert="{work}/cert.pem"\naws-sigv4="aws:amz:us-west-2:gameliftstreams"\n'
                 f'user="{os.environ["AWS_ACCESS_KEY_ID"]}:{os.environ["AWS_SECRET_ACCESS_KEY"]}"\n')
    script.write(f'url="{url}/streamsessions?MaxResults=100"\noutput="/dev/null"\n' * pages)
for _ in range(runs):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["curl", "-K", f"{work}/curl"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    print(f"curl   {pages:26} pages  {pages:6} calls   {user + system:5.2f} CPU s ({user:.2f} user, {system:.2f} system)")
EOF
}
measure() {
    curl_alone
    for mode in fetch table; do
        for _ in $(seq "$runs"); do "$build/tests/bench/sweep_bench" "$mode" "$url"; done
    done
}

echo "cores free:"
measure
echo "one core for both:"
taskset -acp 0 "$simulator" >/dev/null
taskset -acp 0 $$ >/dev/null
measure
