"""What can go wrong, each thing at a daemon of its own: how it begins, how it is mended, which alerts tell."""

import contextlib
import os
import pathlib
import resource
import signal
import subprocess

from rehearsal import Fault
from rig import KEYS, Exporter, Simulator

# Sessions live half a minute, so that all that happens to one happens within seconds. None fails by itself.
FLEET = {"sessions": 300, "live": 100, "ending_per_minute": 200, "groups": 2, "applications": 2, "locations": 2,
         "error_share": 0, "export_share": 0.2, "speed": 1}


def settings(url, more=""):
    return (f"targets:\n  - name: t\n    region: us-west-2\n    endpoint_url: {url}\n"
            "sweep: {live_interval: 2s, full_interval: 6s, timeout: 5s}\n"
            "inventory: {interval: 3s}\n"
            "api: {requests_per_second: 20, burst: 100, request_timeout: 2s, max_attempts: 2, requests_per_day: 1000000}\n" + more)


class Fleet:
    """A simulator, of its own or that of another fleet, and a daemon that watches it."""

    def __init__(self, rehearsal, name, *flags, beside=None, environment=None, **sizes):
        self.rehearsal, self.name, self.flags = rehearsal, name, flags
        self.simulator = beside.simulator if beside else Simulator(**{**FLEET, **sizes})
        self.owner = beside is None
        self.orders(order("set", export_failure_share=0))
        self.environment = {**(KEYS if environment is None else environment(self.simulator.url)), "AWS_REGION": "us-west-2"}
        self.secured = any("web.config" in flag for flag in flags)
        self.exporter = None

    def start(self, more=""):
        self.exporter = Exporter.serving(*self.flags, settings=settings(self.simulator.url, more),
                                         environment=self.environment)
        url = self.exporter.url.replace("http:", "https:") if self.secured else self.exporter.url
        self.rehearsal.scrape(**{self.name: url})

    def restart(self, more=""):
        self.exporter.close()
        self.start(more)

    def reload(self, text=None):
        if text is not None:
            pathlib.Path(self.exporter.settings_path).write_text(text)
        self.exporter.signal(signal.SIGHUP)

    def orders(self, *orders):
        self.simulator.control("fleet", {"orders": list(orders)})

    def close(self):
        if self.exporter:
            self.exporter.close()
        if self.owner:
            self.simulator.close()


def order(do, **more):
    return {"do": do, **more}


def certificate(folder, days):
    """For the web configuration in the folder; signed by itself."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", f"{folder}/new.key", "-out", f"{folder}/new.crt", "-subj", "/CN=127.0.0.1",
                    "-days", str(days)], check=True, capture_output=True)
    for kind in ("key", "crt"):
        os.replace(f"{folder}/new.{kind}", f"{folder}/web.{kind}")


def faults(rehearsal, closing):
    """All of them. What they start is closed by `closing`."""
    def fleet(name, *flags, more="", **how):
        place = closing.enter_context(contextlib.closing(Fleet(rehearsal, name, *flags, **how)))
        place.start(more)
        return place

    made = []

    def fault(name, place, alerts, begin, mend, after=None):
        made.append(Fault(name, place.name, alerts.split(), begin, mend, after))
        return made[-1]

    def of_calls(name, place, alerts, *rules):
        return fault(name, place, alerts, lambda: place.simulator.faults(*rules), place.simulator.faults)

    # What AWS and the network answer.
    refused = fleet("refused")
    of_calls("AWS refuses", refused, "AccessDenied SweepsFailing PictureStale InventoryFailing",
             {"kind": "deny"})
    of_calls("AWS throttles", fleet("throttled"), "Throttled", {"kind": "throttle", "probability": 0.3})
    of_calls("the network resets", fleet("reset"), "CallErrors PictureStale", {"kind": "reset"})
    barred = fleet("barred")

    def bar():
        barred.simulator.faults({"kind": "deny"})
        barred.restart()

    fault("refused from the start", barred, "PictureMissing", bar, barred.simulator.faults)

    # How sessions fare.
    ends = fleet("ends", export_share=1)
    fault("sessions end in ERROR", ends, "SessionErrorsFast SessionErrorsSlow",
          lambda: ends.orders(order("set", error_share=0.6)), lambda: ends.orders(order("set", error_share=0)))
    fault("exports fail", ends, "ExportFailures",
          lambda: ends.orders(order("set", export_failure_share=1)),
          lambda: ends.orders(order("set", export_failure_share=0)))
    of_calls("a status that is new", ends, "UnknownValue", {"kind": "unknown_status"})
    stuck = fleet("stuck")

    def hold(on):
        return lambda: stuck.orders(*(order("hold", status=status, on=on) for status in (
            "ACTIVATING", "TERMINATING", "PENDING_CLIENT_RECONNECTION")), order("set", drop_share=0.9 if on else 0.1))

    fault("sessions hang", stuck, "StuckActivating StuckTerminating StuckReconnecting ReconnectsHigh", hold(True), hold(False))

    # Capacity.
    busy = fleet("busy", groups=3)
    groups = busy.simulator.truth()["stream_groups"]

    def where(number):
        return {"stream_group": groups[number]["stream_group"], "location": groups[number]["locations"][0]["location"]}

    def places(number, **values):
        return lambda: busy.orders(order("set_location", **where(number), **values))

    fault("capacity is full", busy, "CapacityExhausted CapacityNotAllocated",
          places(0, allocated=1, always_on=2, maximum=1), places(0, allocated=None, always_on=40, maximum=200))
    fault("capacity idles", busy, "IdleCapacity", places(1, allocated=900), places(1, allocated=None))
    fault("a group is in ERROR and ends tomorrow", busy, "StreamGroupUnhealthy StreamGroupExpiring",
          lambda: busy.orders(order("set_group", status="ERROR", expires_in_seconds=86400)),
          lambda: busy.orders(order("set_group", status="ACTIVE", expires_in_seconds=86400 * 100)))

    # 45,000 listed sessions take longer than a sweep may; the live ones are few.
    listed = fleet("listed")

    def listing(sessions):
        return lambda: listed.simulator.reset(sessions=sessions)

    endless = fault("full sweeps do not end", listed, "FullSweepStale", listing(45000), listing(300))

    def begin_anew():
        listed.simulator.reset(sessions=45000)
        listed.restart()

    fault("no full sweep has ever ended", listed, "FullSweepMissing", begin_anew, listing(300), endless)

    # The daemon itself.
    down = fleet("down", beside=busy)
    gone = fault("the daemon is gone", down, "ExporterDown", lambda: down.exporter.close(), down.start)
    fault("more locations than allowed", down, "LabelsFolded",
          lambda: down.restart("metrics: {max_values_per_label: 1}\n"), down.restart, gone)

    # As on a full disk: no file of the process may grow past its first page.
    kept = fleet("kept", beside=busy, more=f"state: {{path: {rehearsal.folder}/state.db}}\n")

    room, most = resource.prlimit(kept.exporter.child.pid, resource.RLIMIT_FSIZE)

    def disk(room):
        return lambda: resource.prlimit(kept.exporter.child.pid, resource.RLIMIT_FSIZE, (room, most))

    full = fault("the disk is full", kept, "StateNotWritable", disk(4096), disk(room))

    # What was spent before is more than one call; so nothing is left, which is too little at any hour of the day.
    generous = pathlib.Path(kept.exporter.settings_path).read_text()
    fault("the budget is far too small", kept, "BudgetNearlySpent",
          lambda: kept.reload(generous.replace("requests_per_day: 1000000", "requests_per_day: 1")),
          lambda: kept.reload(generous), full)

    # Its credentials come from a source that can be silenced. They live a
    # minute and are renewed when 20 s of it are left.
    folder = rehearsal.folder
    certificate(folder, 300)
    (folder / "web.yml").write_text("tls_server_config: {cert_file: web.crt, key_file: web.key}\n")
    given = fleet("given", "--web.config.file", str(folder / "web.yml"), credential_ttl=60,
                  environment=lambda url: {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{url}/container/credentials",
                                           "AWS_CONTAINER_AUTHORIZATION_TOKEN": "SECRET-MARKER-container-token"})
    silent = of_calls("credentials are not renewed", given, "CredentialsExpiring",
                      {"kind": "status", "operation": "ContainerCredentials"})

    def serve(days):
        certificate(folder, days)
        given.reload(settings(given.simulator.url))

    wrong = fault("a wrong settings file", given, "ReloadFailed", lambda: given.reload("sweeep: {}\n"),
                  lambda: given.reload(settings(given.simulator.url)))
    fault("the certificate ends", given, "CertificateExpiring", lambda: serve(7), lambda: serve(300), wrong)
    fault("players vanish", given, "ConnectedCollapsed",
          lambda: given.orders(order("set", starts_per_minute=0),
                               order("end", count=200, status="TERMINATED", status_reason="apiTerminated")),
          lambda: given.orders(order("set", starts_per_minute=200), order("start", count=100)), silent)
    return made
