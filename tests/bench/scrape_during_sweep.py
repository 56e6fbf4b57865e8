#!/usr/bin/python3
"""How long a scrape takes while the daemon sweeps, beside one between sweeps, seen from a second process.

    tests/bench/scrape_during_sweep.py [BUILD [SESSIONS [SECONDS]]]     default: build/release 100000 300

The built daemon reads a living fleet of the simulator at the highest pace that settings allow, 20 calls a second:
of 100,000 sessions a full sweep takes 50 s, and one begins every two minutes. Meanwhile this process scrapes
it over one kept connection, a scrape each 10 ms. Whether a sweep was running is read from the scrape
itself: sweeps begun less sweeps ended. Exit code 1 where the p99 during sweeps is over twice the other's.
"""

import http.client
import os
import pathlib
import re
import sys
import time

build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release")
sessions = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
duration = float(sys.argv[3]) if len(sys.argv) > 3 else 300
os.environ.setdefault("GLS_EXPORTER", str(build / "daemon/app/gamelift_streams_exporter"))
os.environ.setdefault("GLS_SIMULATOR", str(build / "tests/simulator/gamelift_streams_simulator"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "daemon"))
from rig import KEYS, Exporter, Simulator, wait_for  # noqa: E402  (it reads the two variables)

SETTINGS = """
targets: [{{name: bench, region: us-west-2, endpoint_url: "{url}"}}]
sweep: {{live_interval: 20s, full_interval: 2m, stale_after: 1h}}
api: {{requests_per_second: 20, burst: 20}}
metrics: {{max_values_per_label: 10000}}
"""
GAP = 0.010
BEGUN = re.compile(rb"^gamelift_streams_sweeps_total\{.*\} (\d+)", re.MULTILINE)
ENDED = re.compile(rb"^gamelift_streams_sweep_duration_seconds_count\{.*\} (\d+)", re.MULTILINE)


def total(pattern, body):
    return sum(map(int, pattern.findall(body)))


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def main():
    with Simulator(sessions=sessions, live=sessions // 100, ending_per_minute=sessions // 5000, speed=1) as simulator, \
            Exporter.serving(settings=SETTINGS.format(url=simulator.url), environment=KEYS) as exporter:
        connection = http.client.HTTPConnection(exporter.url.removeprefix("http://"), timeout=60)

        def scrape():
            begun = time.perf_counter()
            connection.request("GET", "/metrics")
            body = connection.getresponse().read()
            return time.perf_counter() - begun, body

        # The first full sweep makes the exposition as large as it is going to be.
        wait_for("the first full sweep", patience=60 + sessions / 1000, every=0.5,
                 condition=lambda: re.search(rb'sweep_duration_seconds_count\{.*kind="full"\} [1-9]', scrape()[1]))
        during, between, ran = [], [], False
        end = time.monotonic() + duration
        while time.monotonic() < end:
            took, body = scrape()
            running = total(BEGUN, body) > total(ENDED, body)
            if running == ran:  # one across the border is neither
                (during if running else between).append(took)
            ran = running
            time.sleep(GAP)
        print(f"{sessions} sessions, {len(body)} bytes a scrape, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for name, times in (("during sweeps", during), ("between", between)):
            print(f"{name:14} {len(times):6} scrapes  p50 {percentile(times, 0.50):6.2f} ms  p99 {percentile(times, 0.99):6.2f} ms")
        ratio = percentile(during, 0.99) / percentile(between, 0.99)
        print(f"p99 during / between: {ratio:.2f} (at most 2)")
        return 0 if ratio <= 2 else 1


sys.exit(main())
