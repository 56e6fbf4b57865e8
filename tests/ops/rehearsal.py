"""Daemons over simulated fleets, scraped by a real Prometheus with the shipped rules, which tells a real
Alertmanager with the shipped routes. An hour lasts a minute here: windows, waits and the limits that are
seconds are a sixtieth of what is shipped, waits of an hour half of that; all else is as shipped."""

import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/daemon"))

from rig import Process, http as ask, wait_for  # noqa: E402

NEEDED = ("prometheus", "prometheus-alertmanager", "jsonnet", "openssl")
MISSING = [program for program in NEEDED if not shutil.which(program)]

# Limits of the mixin that are times, a sixtieth each; what an alert of days or hours looks back is shorter
# still, because nobody waits for it here.
SHORTER = """(import 'mixin.libsonnet') + { _config+:: {
  activatingSeconds: 15, terminatingSeconds: 15, reconnectingSeconds: 65,
  credentialsLeftSeconds: 12, inventoryFreshSeconds: 15, assumedLiveIntervalSeconds: 1, assumedFullIntervalSeconds: 60,
  idleWindow: '20m', unknownWindow: '20m',
} }"""


def shortened(words):
    """5m is 5s, 1h is 1m, 30s is 500ms."""
    def sixtieth(found):
        number, unit = int(found[1]), found[2]
        return {"s": f"{number * 1000 // 60}ms", "m": f"{number}s", "h": f"{number}m", "d": f"{24 * number}m"}[unit]

    return re.sub(r"\b(\d+)([smhd])\b", sixtieth, words)


def rules():
    """Alerts and recording rules as the mixin makes them, shortened."""
    made = subprocess.run(["jsonnet", "-J", str(ROOT / "deploy/mixin"), "-e",
                           f"local m = {SHORTER}; [m.prometheusAlerts, m.prometheusRules]"],
                          check=True, capture_output=True, text=True)
    files = json.loads(made.stdout)
    for file in files:
        for group in file["groups"]:
            for rule in group["rules"]:
                rule["expr"] = re.sub(r"\[\w+\]|offset \w+", lambda found: shortened(found[0]), rule["expr"])
                if "for" in rule and rule["for"] != "0s":
                    rule["for"] = shortened("30m" if rule["for"] == "1h" else rule["for"])
    return files


class Pager:
    """What the receivers of the shipped Alertmanager file are told: {(receiver, alert, status)}."""

    def __init__(self):
        self.told = set()
        pager = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                for alert in body["alerts"]:
                    pager.told.add((self.path[1:], alert["labels"]["alertname"], alert["status"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Listening(Process):
    """A program of Prometheus' kind on a port that the system chooses."""

    def __init__(self, *words):
        super().__init__([*words, "--web.listen-address=127.0.0.1:0"])

        def address():
            assert self.child.poll() is None, self.text("err")
            return re.search(r'msg="Listening on" .*?address=(\S+)', self.text("err"))

        self.url = "http://" + wait_for(words[0], address)[1]
        wait_for(words[0], lambda: ask(f"{self.url}/-/ready")[0] == 200)


class Rehearsal:
    """Prometheus and Alertmanager; daemons join under a name, which is their label `instance`."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gls-rehearsal-"))
        self.pager = Pager()
        self.scraped = {}
        self.publish()
        sample = yaml.safe_load(shortened((ROOT / "deploy/prometheus/alertmanager.yml").read_text()))
        for receiver in sample["receivers"]:
            receiver["webhook_configs"] = [{"url": f"{self.pager.url}/{receiver['name']}", "send_resolved": True}]
        self.write("alertmanager.yml", sample)
        self.alertmanager = Listening("prometheus-alertmanager", f"--config.file={self.folder}/alertmanager.yml",
                                      f"--storage.path={self.folder}/alertmanager", "--cluster.listen-address=")
        names = ("alerts.yml", "rules.yml")
        for name, file in zip(names, rules()):
            self.write(name, file)
        self.write("prometheus.yml", {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": list(names),
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [self.alertmanager.url[7:]]}]}]},
            "scrape_configs": [{"job_name": "gamelift_streams", "tls_config": {"insecure_skip_verify": True},
                                "file_sd_configs": [{"files": ["scraped.yml"], "refresh_interval": "1s"}]}],
        })
        self.prometheus = Listening("prometheus", f"--config.file={self.folder}/prometheus.yml",
                                    f"--storage.tsdb.path={self.folder}/prometheus")

    def write(self, name, document):
        made = self.folder / (name + ".new")
        made.write_text(yaml.safe_dump(document))
        made.rename(self.folder / name)

    def publish(self):
        self.write("scraped.yml", [{"targets": [url.split("//")[1]],
                                    "labels": {"instance": name, "__scheme__": url.split(":")[0]}}
                                   for name, url in self.scraped.items()])

    def scrape(self, **urls):
        self.scraped.update(urls)
        self.publish()

    def query(self, expression):
        status, text = ask(f"{self.prometheus.url}/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
        assert status == 200, (expression, text)
        return json.loads(text)["data"]["result"]

    def firing(self):
        """{(alert, instance): its state in Alertmanager}"""
        alerts = json.loads(ask(f"{self.alertmanager.url}/api/v2/alerts")[1])
        return {(alert["labels"]["alertname"].removeprefix("GameLiftStreams"), alert["labels"].get("instance")): alert
                for alert in alerts}

    def close(self):
        for process in (self.prometheus, self.alertmanager):
            process.close()
        self.pager.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Fault:
    """Something goes wrong at `instance`; `alerts` tell of it, and are gone once it is mended. It begins when
    the fault `after` is over."""

    def __init__(self, name, instance, alerts, begin, mend, after=None):
        self.name, self.instance, self.begin, self.mend, self.after = name, instance, begin, mend, after
        self.alerts = {(alert, instance) for alert in alerts}
        self.fired, self.resolved = {}, {}
        self.begun = self.mended = None

    def step(self, firing):
        """Looks at what fires now, and goes on to the next stage when all of this one has come."""
        now = time.monotonic()
        if self.begun is None:
            if self.after is None or self.after.over():
                self.begin()
                self.begun = time.monotonic()
        elif self.mended is None:
            for alert in (self.alerts & firing.keys()) - self.fired.keys():
                self.fired[alert] = now - self.begun
            if self.fired.keys() == self.alerts:
                self.mend()
                self.mended = time.monotonic()
        else:
            for alert in self.alerts - firing.keys() - self.resolved.keys():
                self.resolved[alert] = now - self.mended
        return self.over()

    def over(self):
        return self.resolved.keys() == self.alerts

    def open(self):
        """What has not come yet."""
        if self.mended is None:
            return {(*alert, "not fired") for alert in self.alerts - self.fired.keys()}
        return {(*alert, "not resolved") for alert in self.alerts - self.resolved.keys()}
