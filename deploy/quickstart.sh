#!/bin/sh
# From a checkout on Debian 12 to a scraped picture: installs what is missing, builds a release,
# starts simulator, daemon, Alertmanager and Prometheus with the shipped rules on loopback, prints the
# counts and the URLs, and runs until Ctrl-C.
#   --check   ends after comparing what Prometheus stored with the simulator's truth: exit 0 or 1
#   --aws     no simulator: the caller's own AWS credentials and region
# Everything is written below build/quickstart, and everything started is ended.
set -eu
cd "$(dirname "$0")/.."
. deploy/packages.sh

check=no
aws=no
for argument in "$@"; do
    case $argument in
    --check) check=yes ;;
    --aws) aws=yes ;;
    *) die "unknown argument '$argument'; usage: deploy/quickstart.sh [--check] [--aws]" ;;
    esac
done
[ "$check$aws" != yesyes ] || die "--check compares with the simulator's truth, which --aws leaves out"

# shellcheck disable=SC2086 # lists of words
need $BUILD_PACKAGES $DEMO_PACKAGES

build=build/quickstart
run=$build/run
say "building a release in $build"
mkdir -p "$build"
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DGLS_BUILD_TESTS=OFF >"$build/configure.log" 2>&1 ||
    { cat "$build/configure.log"; die "configuring failed"; }
cmake --build "$build" --target gamelift_streams_exporter gamelift_streams_simulator
rm -rf "$run"
mkdir -p "$run"

started=""
# end: every process this script started, last one first, and none else.
end() {
    trap - EXIT INT TERM
    for pid in $started; do kill "$pid" 2>/dev/null || true; done
    for pid in $started; do wait "$pid" 2>/dev/null || true; done
}
trap 'end' EXIT
trap 'end; exit 0' INT TERM

# wait_for WHAT SECONDS COMMAND...: until the command succeeds.
wait_for() {
    what=$1 left=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { tail -n 20 "$run"/*.log >&2; die "$what did not come in time; the logs are in $run"; }
        sleep 1
    done
}
alive() { kill -0 "$1" 2>/dev/null; }

if [ "$aws" = no ]; then
    "$build/tests/simulator/gamelift_streams_simulator" --sessions 2000 --live 300 --ending-per-minute 30 \
        --export-share 0.2 >"$run/simulator.out" 2>"$run/simulator.log" &
    simulator_pid=$!
    started="$simulator_pid $started"
    wait_for "the simulator" 30 grep -q '^listening url=' "$run/simulator.out"
    simulator=$(sed -n 's/^listening url=//p' "$run/simulator.out" | head -n 1)
    cat >"$run/exporter.yml" <<EOF
targets:
  - name: simulated
    region: us-west-2
    endpoint_url: $simulator
sweep:
  live_interval: 5s
  full_interval: 30s
EOF
    set -- env -u AWS_PROFILE -u AWS_SESSION_TOKEN AWS_ACCESS_KEY_ID=AKIDSIMULATOR \
        AWS_SECRET_ACCESS_KEY=SECRET-MARKER-simulator-key
else
    printf 'targets:\n  - {}\n' >"$run/exporter.yml"
    set --
fi

# serve PROGRAM-LOG FIRST-PORT COMMAND...: starts the command with the first port of ten that is free;
# the command's words have PORT where the port goes. Sets $pid and $port.
serve() {
    log=$1 port=$2
    shift 2
    last=$((port + 9))
    while :; do
        rm -f "$run/arguments"
        for word in "$@"; do printf '%s\n' "$word" | sed "s/PORT/$port/" >>"$run/arguments"; done
        # one word a line: none of ours holds a blank
        # shellcheck disable=SC2046
        $(cat "$run/arguments") >"$log" 2>&1 &
        pid=$!
        started="$pid $started"
        left=60
        until curl -fs -o /dev/null "http://127.0.0.1:$port/-/healthy" && alive "$pid"; do
            alive "$pid" || break
            left=$((left - 1))
            [ "$left" -gt 0 ] || { tail -n 20 "$log" >&2; die "$log: no answer on port $port"; }
            sleep 0.5
        done
        alive "$pid" && return 0
        grep -qi 'in use' "$log" && [ "$port" -lt "$last" ] || { tail -n 20 "$log" >&2; die "$log: it ended at once"; }
        port=$((port + 1))
    done
}

serve "$run/exporter.log" 10131 "$@" "$build/daemon/app/gamelift_streams_exporter" \
    "--config.file=$run/exporter.yml" --web.listen-address=127.0.0.1:PORT
exporter=http://127.0.0.1:$port

# Alone, not one of a cluster: it opens no port beside its own.
serve "$run/alertmanager.log" 19093 prometheus-alertmanager --config.file=deploy/prometheus/alertmanager.yml \
    "--storage.path=$run/alertmanager-data" --cluster.listen-address= --web.listen-address=127.0.0.1:PORT
alertmanager=http://127.0.0.1:$port

cat >"$run/prometheus.yml" <<EOF
global:
  scrape_interval: 5s
  evaluation_interval: 5s
rule_files:
  - $PWD/deploy/prometheus/alerts.yml
  - $PWD/deploy/prometheus/rules.yml
alerting:
  alertmanagers:
    - static_configs:
        - targets: ["${alertmanager#http://}"]
scrape_configs:
  - job_name: gamelift_streams
    static_configs:
      - targets: ["${exporter#http://}"]
EOF
serve "$run/prometheus.log" 19090 prometheus "--config.file=$run/prometheus.yml" \
    "--storage.tsdb.path=$run/prometheus-data" --web.listen-address=127.0.0.1:PORT
prometheus=http://127.0.0.1:$port

# query EXPRESSION: the result's vector as JSON.
query() { curl -fs --get "$prometheus/api/v1/query" --data-urlencode "query=$1" | jq -e '.data.result'; }
stored() { query "$1" | jq -e 'length > 0'; }

say "waiting for the first picture"
wait_for "the first sweep" 120 curl -fs "$exporter/-/ready"
wait_for "the first scrape" 60 stored 'gamelift_streams_up == 1'
wait_for "the first full picture" 120 stored 'gamelift_streams_sessions{status="TERMINATED"}'

say ""
say "sessions by status and location, as Prometheus stored them:"
query 'gamelift_streams_sessions > 0' |
    jq -r '.[] | [.metric.location, .metric.status, .value[1]] | @tsv' | sort |
    awk -F'\t' '{ printf "  %-18s %-28s %8d\n", $1, $2, $3 }'
say ""
say "exporter    $exporter/    $exporter/metrics"
say "prometheus  $prometheus/graph?g0.expr=gamelift_streams_sessions&g0.tab=0"
say "alerts      $prometheus/alerts    $alertmanager/#/alerts"
if [ "$aws" = no ]; then
    say "simulator   $simulator/_simulator/truth"
    say ""
    say "drive a fault, and watch its alerts come (the second command ends it; without a fault it lists them):"
    say "  deploy/rehearse.sh refused"
    say "  deploy/rehearse.sh end"
fi

# What the simulator says and what Prometheus says, in the same words: one line a count, sorted.
truth() {
    curl -fs "$simulator/_simulator/truth" |
        jq -r '(.sessions[] | "sessions \(.location) \(.status) \(.count)"),
               (.session_exports[] | "exports \(.location) \(.export_status) \(.count)")' | sort
}
picture() {
    {
        query 'gamelift_streams_sessions > 0' |
            jq -r '.[] | "sessions \(.metric.location) \(.metric.status) \(.value[1])"'
        query 'gamelift_streams_session_exports > 0' |
            jq -r '.[] | "exports \(.metric.location) \(.metric.export_status) \(.value[1])"'
    } | sort
}
same() { truth >"$run/truth" && picture >"$run/picture" && cmp -s "$run/truth" "$run/picture" && [ -s "$run/truth" ]; }

if [ "$check" = yes ]; then
    # The fleet stands still from here on, so that both sides speak of the same instant.
    curl -fs -X POST "$simulator/_simulator/clock" -d '{"speed": 0}' >/dev/null
    left=120
    until same; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { diff "$run/truth" "$run/picture" >&2 || true; die "Prometheus' counts differ from the simulator's truth"; }
        sleep 1
    done
    say ""
    say "checked: $(wc -l <"$run/truth") counts in Prometheus equal the simulator's truth"
    exit 0
fi

say ""
say "running until Ctrl-C; logs are in $run"
while alive "${started%% *}"; do sleep 1; done
die "Prometheus has ended; see $run/prometheus.log"
