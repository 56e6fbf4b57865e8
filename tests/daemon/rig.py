"""Starts the built daemon and the simulator on ports that the system chooses, asks both, and ends them
by their own process ids. Paths of the two programs come from the environment, as CTest sets them."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

EXPORTER = os.environ["GLS_EXPORTER"]
SIMULATOR = os.environ["GLS_SIMULATOR"]
KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIDSIMULATOR",
    "AWS_SECRET_ACCESS_KEY": "SECRET-MARKER-simulator-key",
}
PATIENCE = 120  # seconds; a sanitizer build on a busy machine is slow, and no test asserts a speed


def wait_for(what, condition, patience=PATIENCE, every=0.05):
    """The first true value of `condition`; fails the test when patience ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(every)
    raise AssertionError(f"waited {patience} s in vain for {what}")


def http(url, method="GET", body=None):
    request = urllib.request.Request(url, method=method, data=body)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


class Process:
    """A child whose standard output and error go to files, so that it never blocks on a pipe."""

    def __init__(self, words, environment=None):
        self.folder = tempfile.mkdtemp(prefix="gls-")
        clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        clean.update(HOME=self.folder, AWS_EC2_METADATA_DISABLED="true")
        clean.update(environment or {})
        with open(f"{self.folder}/out", "wb") as out, open(f"{self.folder}/err", "wb") as err:
            self.child = subprocess.Popen(words, stdout=out, stderr=err, env=clean)

    def text(self, name):
        with open(f"{self.folder}/{name}", encoding="utf-8", errors="replace") as file:
            return file.read()

    def signal(self, number):
        self.child.send_signal(number)

    def wait(self, patience=PATIENCE):
        return self.child.wait(patience)

    def kill(self):
        self.child.kill()
        self.child.wait()

    def close(self):
        if self.child.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Simulator(Process):
    def __init__(self, **flags):
        flags = {"rate_limit": 0, "speed": 0, "seed": 1, **flags}
        words = [SIMULATOR]
        for name, value in flags.items():
            words += [f"--{name.replace('_', '-')}", str(value)]
        super().__init__(words)
        found = wait_for("the simulator", lambda: re.search(r"listening url=(\S+)", self.text("out")))
        self.url = found[1]

    def control(self, path, body=None, method=None):
        method = method or ("GET" if body is None else "POST")
        data = None if body is None else json.dumps(body).encode()
        status, text = http(f"{self.url}/_simulator/{path}", method, data)
        assert status == 200, text
        return json.loads(text)

    def truth(self):
        return self.control("truth")

    def reset(self, **sizes):
        self.control("fleet", {"reset": sizes})

    def advance(self, seconds):
        self.control("clock", {"advance_seconds": seconds})

    def faults(self, *rules):
        self.control("faults", {"rules": list(rules)})

    def environment(self):
        return {**KEYS, "AWS_REGION": "us-west-2", "AWS_ENDPOINT_URL": self.url}


class Exporter(Process):
    def __init__(self, *flags, settings=None, environment=None, wrapper=()):
        words = [*wrapper, EXPORTER, *flags]
        with contextlib.ExitStack() as cleanup:
            if settings is not None:
                file = cleanup.enter_context(tempfile.NamedTemporaryFile("w", suffix=".yml", delete=False))
                file.write(settings)
                file.flush()  # before the child looks: it would find an empty file, which is valid
                words += ["--config.file", file.name]
                self.settings_path = file.name
            super().__init__(words, environment)

    @classmethod
    def serving(cls, *flags, settings=None, environment=None, wrapper=()):
        exporter = cls("--web.listen-address", "127.0.0.1:0", "--log.level", "debug", *flags,
                       settings=settings, environment=environment, wrapper=wrapper)

        def address():
            assert exporter.child.poll() is None, exporter.text("err")
            return re.search(r'msg"?[=:]"?listening"?[ ,]"?address"?[=:]"?([^"\s]+)', exporter.text("err"))

        exporter.url = "http://" + wait_for("the daemon", address)[1]
        return exporter

    def close(self):
        super().close()
        if hasattr(self, "settings_path"):
            os.unlink(self.settings_path)

    def scrape(self):
        status, text = http(f"{self.url}/metrics")
        assert status == 200, status
        return Metrics(text)

    def stop(self):
        self.signal(signal.SIGTERM)
        return self.wait()


class Metrics:
    """An exposition as {family: {frozenset of labels: value}}."""

    LINE = re.compile(r"^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$")
    LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')

    def __init__(self, text):
        self.text = text
        self.families = {}
        for line in text.splitlines():
            if line and not line.startswith("#"):
                name, labels, value = self.LINE.match(line).groups()
                key = frozenset(self.LABEL.findall(labels or ""))
                self.families.setdefault(name, {})[key] = float(value)

    def value(self, name, **labels):
        """Of the one series that has these labels; None where there is none."""
        wanted = set(labels.items())
        found = [v for k, v in self.families.get("gamelift_streams_" + name, {}).items() if wanted <= k]
        assert len(found) <= 1, (name, labels, found)
        return found[0] if found else None

    def rows(self, name, *labels):
        """{label values: value} of all series that are not 0."""
        rows = {}
        for key, value in self.families.get("gamelift_streams_" + name, {}).items():
            if value:
                rows[tuple(dict(key)[label] for label in labels)] = value
        return rows


def quick_settings(url, **sweep):
    """One target at the simulator, swept as often as settings allow."""
    sweep = {"live_interval": "1s", "full_interval": "1s", "stale_after": "1h", **sweep}
    lines = "".join(f"  {name}: {value}\n" for name, value in sweep.items())
    return (f"targets:\n  - name: t\n    region: us-west-2\n    endpoint_url: {url}\n"
            f"sweep:\n{lines}"
            f"api:\n  requests_per_second: 20\n  burst: 100\n  request_timeout: 2s\n  max_attempts: 2\n"
            f"metrics:\n  max_values_per_label: 10000\n")
