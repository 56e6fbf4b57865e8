"""What goes wrong outside: the daemon starts and serves all the same, says once what to do, keeps the
last good picture, and names the reason. And nothing that is private is ever written anywhere."""

import time
import unittest

from rig import KEYS, Exporter, Simulator, http, quick_settings, wait_for


def failed_with(exporter, reason):
    """The exposition once a sweep has failed for this reason."""

    def seen():
        metrics = exporter.scrape()
        return metrics if (reason,) in metrics.rows("sweep_failures_total", "reason") else None

    return wait_for(f"a sweep that fails as {reason}", seen)


def warnings(exporter):
    return [line for line in exporter.text("err").splitlines() if "level=warn" in line and "msg=sweep_failed" in line]


class Missing(unittest.TestCase):
    def check(self, exporter, reason, *words):
        metrics = failed_with(exporter, reason)
        self.assertEqual(metrics.rows("up", "target"), {})  # 0 everywhere
        self.assertNotIn("gamelift_streams_sessions", metrics.families)
        wait_for("more tries", lambda: sum(exporter.scrape().rows("sweep_failures_total", "kind", "reason").values()) >= 3)
        said = warnings(exporter)
        self.assertEqual(len(said), 1, said)
        for word in words:
            self.assertIn(word, said[0])
        self.assertEqual(http(f"{exporter.url}/")[0], 200)
        self.assertEqual(http(f"{exporter.url}/-/ready")[0], 200)

    def test_no_credentials(self):
        with Simulator() as simulator, Exporter.serving(settings=quick_settings(simulator.url)) as exporter:
            self.check(exporter, "credentials", "advice=")
            self.assertEqual(simulator.control("calls")["total"], 0)
            self.assertEqual(exporter.stop(), 0)

    def test_no_region(self):
        with Exporter.serving(settings="sweep: {live_interval: 1s}\n", environment=KEYS) as exporter:
            self.check(exporter, "invalid_request", "AWS_REGION")

    def test_nobody_there(self):
        with Exporter.serving(settings=quick_settings("http://127.0.0.1:1"), environment=KEYS) as exporter:
            self.check(exporter, "connection", "advice=")

    def test_denied_and_then_allowed(self):
        with Simulator(sessions=30, live=3) as simulator:
            simulator.faults({"kind": "deny"})
            with Exporter.serving(settings=quick_settings(simulator.url), environment=KEYS) as exporter:
                self.check(exporter, "denied", "gameliftstreams:ListStreamSessionsByAccount")
                simulator.faults()
                wait_for("recovery", lambda: exporter.scrape().value("up", target="t") == 1)
                self.assertIn("msg=sweep_recovered", exporter.text("err"))

    def test_one_target_fails_and_the_other_does_not_notice(self):
        with Simulator(sessions=30, live=3) as simulator:
            settings = quick_settings(simulator.url).replace(
                "sweep:", "  - {name: lost, region: eu-west-1, endpoint_url: 'http://127.0.0.1:1'}\nsweep:")
            with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                failed_with(exporter, "connection")
                wait_for("the good one", lambda: exporter.scrape().value("up", target="t") == 1)
                self.assertEqual(exporter.scrape().value("up", target="lost"), 0)


class Pages(unittest.TestCase):
    """Each fault of a page fails the sweep with a named reason; the last good picture stays."""

    FAULTS = [
        ("malformed", {"kind": "garbage", "variant": "binary"}),
        ("malformed", {"kind": "garbage", "variant": "html"}),
        ("malformed", {"kind": "garbage", "variant": "empty"}),
        ("malformed", {"kind": "garbage", "variant": "array"}),
        ("malformed", {"kind": "garbage", "variant": "deep"}),
        ("malformed", {"kind": "garbage", "variant": "cut"}),
        ("malformed", {"kind": "wrong_items", "variant": "null"}),
        ("malformed", {"kind": "wrong_items", "variant": "missing"}),
        ("malformed", {"kind": "wrong_items", "variant": "object"}),
        ("malformed", {"kind": "wrong_items", "variant": "mixed"}),
        ("malformed", {"kind": "repeat_token"}),
        ("malformed", {"kind": "endless"}),
        ("connection", {"kind": "truncate"}),
        ("connection", {"kind": "reset"}),
        ("server_error", {"kind": "status", "status": 500}),
        ("throttled", {"kind": "throttle"}),
        ("timeout", {"kind": "hang"}),
        ("denied", {"kind": "deny"}),
    ]

    def test_faults(self):
        with Simulator(sessions=350, live=40) as simulator:
            settings = quick_settings(simulator.url, strategy="full", full_interval="1h")
            for reason, fault in self.FAULTS:
                with self.subTest(fault=fault), Exporter.serving(settings=settings, environment=KEYS) as exporter:
                    simulator.faults()
                    good = wait_for("a picture", lambda: (m := exporter.scrape()).value("up", target="t") == 1 and m)
                    simulator.faults({**fault, "operation": "ListStreamSessionsByAccount"})
                    bad = failed_with(exporter, reason)
                    self.assertEqual(bad.value("up", target="t"), 0)
                    self.assertEqual(bad.rows("sessions", "status", "location"),
                                     good.rows("sessions", "status", "location"))
                    simulator.faults()
                    wait_for("recovery", lambda: exporter.scrape().value("up", target="t") == 1)
                    self.assertEqual(exporter.stop(), 0)

    def test_every_request_is_counted(self):
        """Also those that a dying connection swallows: pace and budget have to know of them."""
        with Simulator(sessions=950, live=200, ending_per_minute=120) as simulator, \
                Exporter.serving(settings=quick_settings(simulator.url, full_interval="3s"),
                                 environment=KEYS) as exporter:
            def counted():
                return exporter.scrape().rows("api_requests_total", "code", "operation")

            simulator.faults({"kind": "reset", "probability": 0.3})
            wait_for("resets", lambda: sum(n for (code, _), n in counted().items() if code == "connection") > 30)
            simulator.faults()
            # Between two sweeps: nothing is under way.
            wait_for("equal counts", lambda: sum(counted().values()) == simulator.control("calls")["total"])
            self.assertEqual(exporter.stop(), 0)

    def test_oddities_that_are_no_faults(self):
        with Simulator(sessions=350, live=40) as simulator, \
                Exporter.serving(settings=quick_settings(simulator.url, strategy="full"), environment=KEYS) as exporter:
            truth = {(row["status"], row["location"]): row["count"] for row in simulator.truth()["sessions"]}
            for kind in ("duplicate", "short_page", "iso_timestamps", "exponent_timestamps", "future_timestamps"):
                with self.subTest(kind=kind):
                    simulator.faults({"kind": kind})
                    moment = time.time()
                    metrics = wait_for("a sweep since", lambda: ((m := exporter.scrape()).value(
                        "last_successful_sweep_timestamp_seconds", kind="full") or 0) > moment and m)
                    self.assertEqual(metrics.rows("sessions", "status", "location"), truth)
            simulator.faults({"kind": "unknown_status"})
            wait_for("the unknown", lambda: exporter.scrape().value("unknown_values_total", field="Status"))
            wait_for("their count", lambda: sum(v for k, v in exporter.scrape().rows(
                "sessions", "status", "location").items() if k[0] == "UNKNOWN"))
            simulator.faults({"kind": "expire_token", "count": 1})
            moment = time.time()
            wait_for("a sweep since", lambda: (exporter.scrape().value(
                "last_successful_sweep_timestamp_seconds", kind="full") or 0) > moment)
            self.assertEqual(exporter.stop(), 0)

    def test_look_ups_denied_leave_the_rest_of_the_picture(self):
        with Simulator(sessions=2000, live=60) as simulator:
            simulator.faults({"kind": "deny", "operation": "GetStreamSession"})
            settings = quick_settings(simulator.url, strategy="live", full_interval="1h")
            with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                wait_for("the first full sweep", lambda: exporter.scrape().value(
                    "last_successful_sweep_timestamp_seconds", kind="full"))
                simulator.control("fleet", {"orders": [{"do": "end", "count": 5, "status": "TERMINATED",
                                                        "status_reason": "apiTerminated"}]})
                wait_for("the ended to leave", lambda: sum(v for k, v in exporter.scrape().rows(
                    "sessions", "status", "location").items() if k[0] not in ("TERMINATED", "ERROR")) == 55)
                self.assertEqual(exporter.scrape().value("up", target="t"), 1)
                self.assertIn("msg=look_ups_failed", exporter.text("err"))


class Privacy(unittest.TestCase):
    def test_nothing_private_is_written(self):
        with Simulator(sessions=900, live=90, ending_per_minute=60, speed=20) as simulator:
            settings = quick_settings(simulator.url, strategy="live", full_interval="5s")
            with Exporter.serving("--log.format", "json", settings=settings, environment=KEYS) as exporter_json, \
                    Exporter.serving(settings=settings, environment=KEYS) as exporter:
                served = []
                for fault in ({}, {"kind": "garbage", "variant": "html"}, {"kind": "garbage", "variant": "cut"},
                              {"kind": "expired_credentials", "probability": 0.5}, {"kind": "unknown_status"},
                              {"kind": "missing_fields"}, {"kind": "clock_skew"}, {"kind": "truncate"}):
                    simulator.faults(*([fault] if fault else []))
                    time.sleep(2)  # some sweeps under each; nothing depends on how many
                    for path in ("metrics", "", "api/v1/status", "config"):
                        served.append(http(f"{exporter.url}/{path}")[1])
                self.assertGreater(simulator.control("calls")["total"], 50)
                written = [exporter.text("err"), exporter_json.text("err"), *served]
                self.assertGreater(len(written[0].splitlines()), 10)
                for text in written:
                    for marker in ("SECRET-MARKER", "SECRET_MARKER", "SECRET%2DMARKER", "Signature="):
                        self.assertNotIn(marker, text)


if __name__ == "__main__":
    unittest.main()
