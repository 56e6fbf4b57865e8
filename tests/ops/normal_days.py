"""Days on which nothing is wrong, minute by minute, as a daemon would expose them: load that swells and ebbs with
the sun, players who drop and come back, a call in hundreds that AWS throttles or fails, keys that are renewed,
restarts of the daemon, a deploy to another host, and a reload."""

import math
import random

HOUR, DAY = 60, 1440
LIVE = ("ACTIVATING", "ACTIVE", "CONNECTED", "PENDING_CLIENT_RECONNECTION", "RECONNECTING", "TERMINATING")
SHARES = (0.02, 0.01, 0.88, 0.05, 0.02, 0.02)
# location: most sessions on a day's noon, the minute of that noon, capacity that is always on
LOCATIONS = {"us-west-2": (220, 20 * HOUR, 60), "eu-central-1": (70, 14 * HOUR, 20)}
LIFE = 30  # minutes of a session


class NormalDays:
    def __init__(self, days, seed=1, capacity_factor=1.0):
        self.random = random.Random(seed)
        self.minutes = days * DAY
        self.capacity_factor = capacity_factor
        self.series = {}
        self.counters = {}
        self.live_interval = 60
        self.instance = "a"
        # Two short restarts, a deploy that moves the daemon, a reload: spread over the days.
        self.restarts = [self.minutes * 2 // 9, self.minutes * 7 // 9]
        self.deploy = self.minutes * 4 // 9
        self.reload = self.minutes * 5 // 9
        self.away_until = -1
        self.started = self.full_read = 0
        self.keys_until = HOUR * 60
        for self.minute in range(self.minutes):
            self.live_through()

    def put(self, name, value, **labels):
        words = "".join(f',{label}="{text}"' for label, text in labels.items())
        series = f'{name}{{job="gamelift_streams",instance="{self.instance}:10131"{words}}}'
        values = self.series.setdefault(series, {})
        values[self.minute] = value

    def of_target(self, name, value, account=False, **labels):
        more = {"account_id": "111122223333"} if account else {}
        self.put("gamelift_streams_" + name, value, target="t", region="us-west-2", **more, **labels)

    def count(self, name, by, account=False, **labels):
        key = (name, *sorted(labels.items()))
        self.counters[key] = self.counters.get(key, 0) + by
        self.of_target(name, self.counters[key], account, **labels)

    def some(self, mean):
        """How many come in a minute of what comes `mean` times in one on average."""
        return max(0, round(self.random.gauss(mean, math.sqrt(mean)))) if mean > 10 else sum(
            self.random.random() < mean / 20 for _ in range(20))

    def rare(self, share):
        return self.random.random() < share

    def live_through(self):
        if self.minute == self.deploy:
            self.instance = "b"
        if self.minute in (*self.restarts, self.deploy):
            self.away_until = self.minute + 2
            self.counters.clear()
        if self.minute == self.reload:
            self.live_interval = 120
        if self.minute < self.away_until:
            self.put("up", 0)
            self.started = self.full_read = self.minute + 1
            return
        self.put("up", 1)
        now = self.minute * 60
        self.put("gamelift_streams_exporter_config_last_reload_successful", 1)
        self.sweeps(now)
        self.calls(now)
        for location in LOCATIONS:
            self.sessions(location, now)
        self.inventory(now)

    def sweeps(self, now):
        # One sweep in some hundreds fails, and its picture is as old as the one before.
        failed = self.rare(1 / 400)
        self.snapshot = now - self.random.uniform(1, self.live_interval) - (self.live_interval if failed else 0)
        self.of_target("up", 0 if failed else 1)
        self.of_target("snapshot_timestamp_seconds", self.snapshot)
        self.of_target("sweep_live_interval_seconds", self.live_interval)
        self.of_target("sweep_full_interval_seconds", 3600)
        if (self.minute - self.full_read) >= HOUR and not self.rare(0.05):
            self.full_read = self.minute
        self.of_target("last_successful_sweep_timestamp_seconds", self.full_read * 60, kind="full")
        self.count("sweeps_total", 60 / self.live_interval, kind="live")
        self.count("sweeps_total", 1 if self.minute % HOUR == 0 else 0, kind="full")
        for kind in ("live", "full"):
            self.count("sweep_failures_total", 1 if failed and kind == "live" else 0, kind=kind, reason="timeout")

    def calls(self, now):
        spent = 12 * 60 / self.live_interval
        self.count("api_requests_total", spent, operation="ListStreamSessionsByAccount", code="200")
        for code in ("ThrottlingException", "timeout", "500"):
            self.count("api_requests_total", 1 if self.rare(1 / 300) else 0, operation="ListStreamSessionsByAccount", code=code)
        self.count("api_requests_total", self.some(2), operation="GetStreamSession", code="ResourceNotFoundException")
        self.of_target("api_budget_requests", 25000)
        self.of_target("api_budget_remaining_requests", 25000 - 14 * (self.minute % DAY))
        if self.keys_until - now < 300:
            self.keys_until = now + 3600
        self.of_target("credentials_expiry_timestamp_seconds", self.keys_until, source="instance")
        self.count("unknown_values_total", 0, field="status")
        self.of_target("label_values_folded", 0, label="location")

    def load(self, location):
        most, noon, _ = LOCATIONS[location]
        return most * (0.6 + 0.4 * math.cos(2 * math.pi * (self.minute - noon) / DAY))

    def sessions(self, location, now):
        load = self.load(location)
        for status, share in zip(LIVE, SHARES):
            number = self.some(load * share)
            self.of_target("sessions", number, True, status=status, location=location)
            longest = {"ACTIVATING": 300, "TERMINATING": 200, "PENDING_CLIENT_RECONNECTION": 3600}.get(status)
            if number and longest:
                self.of_target("oldest_session_updated_timestamp_seconds",
                               self.snapshot - self.random.uniform(5, longest), True, status=status, location=location)
        ended = self.some(load / LIFE)
        errors = sum(self.rare(0.005) for _ in range(ended))
        group = {"stream_group": "sg-1", "location": location}
        self.count("sessions_started_total", self.some(load / LIFE), True, **group)
        self.count("sessions_ended_total", errors, True, status="ERROR", status_reason="internalError", **group)
        self.count("sessions_ended_total", ended - errors, True, status="TERMINATED", status_reason="applicationExit", **group)
        exported = sum(self.rare(0.1) for _ in range(ended))
        failed = sum(self.rare(0.003) for _ in range(exported))
        self.count("session_exports_finished_total", failed, True, export_status="FAILED", location=location)
        self.count("session_exports_finished_total", exported - failed, True, export_status="SUCCEEDED", location=location)

    def inventory(self, now):
        self.count("inventory_failures_total", 1 if self.rare(1 / 2000) else 0, reason="timeout")
        self.of_target("stream_group_expiry_timestamp_seconds", self.minutes * 60 + 100 * 86400, True, stream_group="sg-1")
        for status in ("ACTIVE", "ERROR"):
            self.of_target("stream_group_status", 1 if status == "ACTIVE" else 0, True, stream_group="sg-1", status=status)
        for location, (most, _, always_on) in LOCATIONS.items():
            used = round(self.load(location))
            # What is asked for comes some minutes later than it is needed.
            waits = self.minute % DAY < 12
            group = {"stream_group": "sg-1", "location": location}
            allocated = max(always_on, used + most // 10) - (2 if waits else 0)
            self.of_target("stream_group_capacity_requested", always_on, True, **group)
            self.of_target("stream_group_capacity_always_on", always_on, True, **group)
            self.of_target("stream_group_capacity_allocated", allocated, True, **group)
            self.of_target("stream_group_capacity_idle", allocated - used, True, **group)
            self.of_target("stream_group_capacity_maximum", round(1.2 * most * self.capacity_factor), True, **group)

    def input_series(self):
        """As promtool takes them: a series that ends is marked stale, as Prometheus does."""
        made = []
        for series, values in self.series.items():
            words, there = [], False
            for minute in range(self.minutes):
                value = values.get(minute)
                words.append(f"{value:.10g}" if value is not None else "stale" if there else "_")
                there = value is not None
            made.append({"series": series, "values": " ".join(words)})
        return made
