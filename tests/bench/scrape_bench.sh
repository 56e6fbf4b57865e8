#!/bin/sh
# scrape_bench.sh <scrape_bench program> [seconds a run]: scrapes of 10,000 series, ours beside nginx
# (one worker) serving the same bytes as static files, keep-alive, with wrk at 1 and 10 connections, as
# text and as gzip. Three rounds, alternating; medians. Aims: requests a second at least 0.6 (text) and
# 0.4 (gzip) of nginx's, p99 at most twice its.
set -eu
program=$1
[ -x "$program" ] || { echo "no such program: $program" >&2; exit 1; }
time=${2:-3}
work=$(mktemp -d)
nginx_pid= ours_pid=
end() {
    [ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || true
    exec 9>&- || true
    [ -z "$ours_pid" ] || wait "$ours_pid" 2>/dev/null || true
    rm -rf "$work"
}
trap end EXIT INT TERM

mkfifo "$work/input"
"$program" <"$work/input" >"$work/ours" &
ours_pid=$!
exec 9>"$work/input"
until [ -s "$work/ours" ]; do sleep 0.1; done
read -r port series bytes <"$work/ours"
echo "$series series; one scrape allocates $bytes bytes on top of the shared document"

mkdir "$work/root"
curl -sf "http://127.0.0.1:$port/metrics" -o "$work/root/text"
curl -sf -H 'Accept-Encoding: gzip' "http://127.0.0.1:$port/metrics" -o "$work/root/gzip"
free=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$work/nginx.conf" <<CONF
worker_processes 1;
daemon off;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
    uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
    server {
        listen 127.0.0.1:$free;
        root $work/root;
        default_type "text/plain; version=0.0.4; charset=utf-8";
        location = /gzip { add_header Content-Encoding gzip; }
    }
}
CONF
chmod 755 "$work" "$work/root"
nginx -c "$work/nginx.conf" -p "$work" 2>/dev/null &
nginx_pid=$!
until curl -sf "http://127.0.0.1:$free/text" -o /dev/null; do sleep 0.1; done

# "requests-a-second p99-in-microseconds" of one run
cat >"$work/report.lua" <<'LUA'
done = function(summary, latency)
    io.write(string.format("RESULT %.0f %.0f\n", summary.requests / summary.duration * 1e6, latency:percentile(99)))
end
LUA
run() { wrk -t1 -c"$1" -d"${time}s" -s "$work/report.lua" -H 'Accept-Encoding: gzip;q='"$2" "$3" | sed -n 's/^RESULT //p'; }

for form in text gzip; do
    weight=0
    [ "$form" = text ] || weight=1
    for connections in 1 10; do
        : >"$work/a" && : >"$work/b"
        for _ in 1 2 3; do
            run $connections $weight "http://127.0.0.1:$port/metrics" >>"$work/a"
            run $connections $weight "http://127.0.0.1:$free/$form" >>"$work/b"
        done
        /usr/bin/python3 - "$work/a" "$work/b" "$form" $connections <<'PY'
import statistics
import sys


def medians(path):
    runs = [tuple(map(float, line.split())) for line in open(path)]
    return [statistics.median(column) for column in zip(*runs)]


(ours, our_p99), (theirs, their_p99) = medians(sys.argv[1]), medians(sys.argv[2])
print(f"{sys.argv[3]:4} {sys.argv[4]:>2} connections: {ours:7.0f}/s against {theirs:7.0f}/s = {ours / theirs:.2f}; "
      f"p99 {our_p99 / 1000:.2f} ms against {their_p99 / 1000:.2f} ms = {our_p99 / their_p99:.2f}")
PY
    done
done
