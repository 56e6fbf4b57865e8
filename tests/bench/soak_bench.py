#!/usr/bin/env python3
"""soak_bench.py EXPORTER SIMULATOR [--scrapes 5760] [--reloads 1440]

A day of scrapes every 15 s and of reloads every minute, as fast as they go, over a fleet that lives: text,
OpenMetrics and gzip in turn, on new and on kept connections, with the status page and /api/v1/status now and
then; every tenth reload adds or removes a target, every tenth is of a file that is wrong. Aims after the first
quarter: resident memory flat within 2 MiB while the targets are as many, and as many file descriptors at the end as then."""

import argparse
import http.client
import os
import pathlib
import re
import sys
import time

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("exporter")
arguments.add_argument("simulator")
arguments.add_argument("--scrapes", type=int, default=5760)
arguments.add_argument("--reloads", type=int, default=1440)
asked = arguments.parse_args()
os.environ.update(GLS_EXPORTER=asked.exporter, GLS_SIMULATOR=asked.simulator)
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "daemon"))
from rig import KEYS, Exporter, Simulator, wait_for  # noqa: E402 (wants the two names above)

FORMS = [{}, {"Accept-Encoding": "gzip"}, {"Accept": "application/openmetrics-text;version=1.0.0"},
         {"Accept": "application/openmetrics-text;version=1.0.0", "Accept-Encoding": "gzip"}]


def settings(url, targets):
    lines = "".join(f"  - {{name: t{i}, region: us-west-2, endpoint_url: '{url}'}}\n" for i in range(targets))
    return (f"targets:\n{lines}sweep: {{live_interval: 2s, full_interval: 5s, stale_after: 1h}}\n"
            "api: {requests_per_second: 20, burst: 100}\nmetrics: {max_values_per_label: 10000}\n"
            "inventory: {interval: 10s}\n")


def figures(process):
    """Resident MiB and open file descriptors."""
    folder = pathlib.Path(f"/proc/{process.child.pid}")
    status = (folder / "status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024, len(os.listdir(folder / "fd"))


def course(values, form):
    third = max(len(values) // 3, 1)
    means = ", ".join(f"{sum(part) / len(part):.2f}" for part in
                      (values[:third], values[third:2 * third], values[2 * third:]))
    return (f"{values[0]:{form}} at first, {min(values):{form}} to {max(values):{form}}, {values[-1]:{form}} at the end; "
            f"means of its thirds {means}")


class Visitor:
    def __init__(self, url):
        self.address = url.removeprefix("http://")
        self.kept = http.client.HTTPConnection(self.address, timeout=60)

    def ask(self, path, method="GET", kept=True, headers=None):
        connection = self.kept if kept else http.client.HTTPConnection(self.address, timeout=60)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        self.text = answer.read()
        if not kept:
            connection.close()
        return answer.status

    def tracked(self):
        """Sessions in the table of the first target: what grows with the fleet is no leak."""
        self.ask("/metrics")
        return int(re.search(rb'gamelift_streams_tracked_sessions{target="t0".*} (\d+)', self.text)[1])


def main():
    with Simulator(sessions=2000, live=500, locations=20, ending_per_minute=60, speed=20) as simulator, \
            Exporter.serving("--web.enable-lifecycle", settings=settings(simulator.url, 2), environment=KEYS) as exporter:
        visitor = Visitor(exporter.url)
        wait_for("the first pictures", lambda: visitor.ask("/-/ready") == 200)
        file = pathlib.Path(exporter.settings_path)
        each = asked.scrapes // asked.reloads
        begun, seen, targets = time.monotonic(), [], 2
        for turn in range(asked.reloads):
            for i in range(each):
                number = turn * each + i
                assert visitor.ask("/metrics", kept=number % 3 != 0, headers=FORMS[number % 4]) == 200
            expected = 200
            if turn % 10 == 3:
                targets = 5 - targets
            file.write_text(settings(simulator.url, targets), encoding="utf-8")
            if turn % 10 == 7:
                file.write_text("targets: nonsense\n", encoding="utf-8")
                expected = 500
            assert visitor.ask("/-/reload", method="POST") == expected
            if turn % 10 == 0:
                assert visitor.ask("/") == visitor.ask("/api/v1/status", kept=False) == 200
            if turn % 10 == 9:
                seen.append((targets, *figures(exporter)))
            if turn == asked.reloads // 4:
                tracked = visitor.tracked()
        warm = seen[len(seen) // 4:]
        descriptors = [count for *_, count in warm]
        print(f"{asked.reloads * each} scrapes and {asked.reloads} reloads in {time.monotonic() - begun:.0f} s; "
              f"{tracked} sessions a target after warm-up, {visitor.tracked()} at the end")
        for targets in (2, 3):
            memory = [resident for count, resident, _ in warm if count == targets]
            print(f"resident MiB after warm-up, {targets} targets: {course(memory, '.1f')}")
        print(f"file descriptors after warm-up: {course(descriptors, 'd')}")


main()
