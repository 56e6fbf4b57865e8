#!/usr/bin/env python3
"""slow_connections_bench.py EXPORTER SIMULATOR [--tls] [--connections 2000] [--seconds 4] [--rounds 3]

Holds slow connections open beside scrapes: a third has sent nothing, a third sends its request line byte by
byte, a third idles after a request; and thirty do not read the answer they have asked for. Who is cut off
comes again. Scrapes of about 10,000 series by wrk on one connection, rounds without and with them in turn.
Aims: p99 at most three times as high, and at most 40 MiB of memory more."""

import argparse
import concurrent.futures
import os
import pathlib
import re
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("exporter")
arguments.add_argument("simulator")
arguments.add_argument("--tls", action="store_true")
arguments.add_argument("--connections", type=int, default=2000)
arguments.add_argument("--seconds", type=int, default=4)
arguments.add_argument("--rounds", type=int, default=3)
asked = arguments.parse_args()
os.environ.update(GLS_EXPORTER=asked.exporter, GLS_SIMULATOR=asked.simulator)
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "daemon"))
from rig import KEYS, Exporter, Simulator, wait_for  # noqa: E402 (wants the two names above)

READERS = 30  # below --web.max-requests, past which scrapes get 503
LINE = b"GET /metrics HTTP/1.1\r\nHost: bench\r\n"


class Slow:
    """One connection of a kind; told once in a while to go on being slow."""

    def __init__(self, address, kind, context):
        self.address, self.kind, self.context = address, kind, context
        self.open()

    def open(self):
        self.sent = 0
        self.socket = socket.create_connection(self.address)
        if self.context:
            self.socket = self.context.wrap_socket(self.socket, suppress_ragged_eofs=True)
        if self.kind == "idle":
            self.socket.sendall(b"GET /-/healthy HTTP/1.1\r\nHost: bench\r\n\r\n")
            self.socket.recv(4096)
        if self.kind == "reader":
            self.socket.sendall(LINE + b"\r\n")
        self.socket.setblocking(False)

    def go_on(self):
        """True if it had been cut off and has come again."""
        try:
            if self.kind == "writer":
                self.socket.send(LINE[self.sent % len(LINE):][:1])
                self.sent += 1
            if self.kind == "reader":
                return False
            self.socket.recv(65536)  # the 408 of a writer that took too long, or the end
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            pass
        self.socket.close()
        self.open()
        return True


def resident(process):
    status = pathlib.Path(f"/proc/{process.child.pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def wrk(url, script):
    done = subprocess.run(["wrk", "-t1", "-c1", f"-d{asked.seconds}s", "-s", script, url], check=True,
                          capture_output=True, text=True)
    rate, p99, failed = map(float, re.search(r"RESULT (\S+) (\S+) (\S+)", done.stdout).groups())
    assert failed == 0, f"{failed} scrapes did not get their 200"
    return rate, p99


def keep_slow(slow, scraping):
    """Every connection goes on once in about two seconds, until the scraping has ended."""
    again = at = 0
    while not scraping.done():
        for each in slow[at:at + 50]:
            again += each.go_on()
        at = (at + 50) % len(slow)
        time.sleep(0.05)
    return again


def main():
    with tempfile.TemporaryDirectory() as folder, \
            Simulator(sessions=30000, live=6000, locations=44, groups=12, applications=20) as simulator:
        flags, context = [], None
        if asked.tls:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                            "-keyout", f"{folder}/key", "-out", f"{folder}/cert", "-subj", "/CN=x", "-days", "1"],
                           check=True, capture_output=True)
            pathlib.Path(f"{folder}/web.yml").write_text("tls_server_config: {cert_file: cert, key_file: key}\n",
                                                         encoding="utf-8")
            flags = ["--web.config.file", f"{folder}/web.yml"]
            context = ssl.create_default_context(cafile=f"{folder}/cert")
            context.check_hostname = False
        script = f"{folder}/report.lua"
        pathlib.Path(script).write_text(
            "done = function(summary, latency) io.write(string.format('RESULT %.0f %.0f %d\\n', summary.requests / "
            "summary.duration * 1e6, latency:percentile(99), summary.errors.status)) end\n", encoding="utf-8")
        settings = (f"targets: [{{name: t, region: us-west-2, endpoint_url: '{simulator.url}'}}]\n"
                    "sweep: {live_interval: 1h, full_interval: 1h, stale_after: 3h}\n"
                    "api: {requests_per_second: 20, burst: 100}\nmetrics: {max_values_per_label: 10000}\n")
        with Exporter.serving(*flags, settings=settings,
                              environment=KEYS) as exporter:
            address = re.search(r"//([\d.]+):(\d+)", exporter.url).groups()
            address = (address[0], int(address[1]))
            url = f"http{'s' if asked.tls else ''}://{address[0]}:{address[1]}/metrics"
            curl = ["curl", "--silent", "--insecure", url]
            kind = 'last_successful_sweep_timestamp_seconds{target="t",region="us-west-2",kind="full"}'
            text = wait_for("the full picture", lambda: next(filter(lambda text: kind in text, [
                subprocess.run(curl, capture_output=True, text=True, check=True).stdout]), None), every=0.5)
            series = sum(1 for line in text.splitlines() if line and line[0] != "#")
            wrk(url, script)  # warm
            before = resident(exporter)
            alone, beside, again = [], [], 0
            after = before
            for _ in range(asked.rounds):
                alone.append(wrk(url, script))
                kinds = ["silent", "writer", "idle"] * (asked.connections // 3 + 1)
                kinds = ["reader"] * READERS + kinds[:asked.connections - READERS]
                slow = [Slow(address, kind, context) for kind in kinds]
                with concurrent.futures.ThreadPoolExecutor(1) as pool:
                    scraping = pool.submit(wrk, url, script)
                    again += keep_slow(slow, scraping)
                beside.append(scraping.result())
                after = max(after, resident(exporter))
                for each in slow:
                    each.socket.close()
            p99 = [statistics.median(each[1] for each in rounds) for rounds in (alone, beside)]
            rate = [statistics.median(each[0] for each in rounds) for rounds in (alone, beside)]
            print(f"{series} series, {len(text)} bytes; {asked.connections} slow connections{' in TLS' if asked.tls else ''}, "
                  f"{again} came again; medians of {asked.rounds} rounds")
            print(f"scrapes a second {rate[0]:.0f} alone, {rate[1]:.0f} beside them")
            print(f"p99 {p99[0] / 1000:.2f} ms alone, {p99[1] / 1000:.2f} ms beside them = {p99[1] / p99[0]:.2f}")
            print(f"resident {before:.1f} MiB before, {after:.1f} MiB at most = {after - before:+.1f} MiB")


main()
