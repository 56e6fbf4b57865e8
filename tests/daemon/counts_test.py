"""What the daemon serves equals what is true, over more than fifty fleets of all sizes that change
between sweeps; once with the cheapest plan and once with live sweeps and look-ups, side by side."""

import random
import time
import unittest

from rig import KEYS, Exporter, Simulator, quick_settings, wait_for

SIZES = [0, 1, 99, 100, 101, 1000] + [random.Random(6).randrange(2, 700) for _ in range(46)]


def truth_of(simulator):
    told = simulator.truth()

    def rows(name, *labels):
        return {tuple(row[label] for label in labels): row["count"] for row in told[name]}

    oldest = {(row["status"], row["location"]): row for row in told["oldest_session"]}
    return {
        "sessions": rows("sessions", "status", "location"),
        "session_exports": rows("session_exports", "export_status", "location"),
        "stream_group_sessions": rows("stream_group_sessions", "stream_group", "status", "location"),
        "application_sessions": rows("application_sessions", "application", "status"),
        "session_status_reasons": rows("session_status_reasons", "status", "status_reason", "location"),
        "oldest_session_created_timestamp_seconds": {k: round(v["created"], 3) for k, v in oldest.items()},
        "oldest_session_updated_timestamp_seconds": {k: round(v["updated"], 3) for k, v in oldest.items()},
    }


LABELS = {
    "sessions": ("status", "location"),
    "session_exports": ("export_status", "location"),
    "stream_group_sessions": ("stream_group", "status", "location"),
    "application_sessions": ("application", "status"),
    "session_status_reasons": ("status", "status_reason", "location"),
    "oldest_session_created_timestamp_seconds": ("status", "location"),
    "oldest_session_updated_timestamp_seconds": ("status", "location"),
}


def served_by(metrics):
    return {name: {k: round(v, 3) for k, v in metrics.rows(name, *labels).items()} for name, labels in LABELS.items()}


def swept_since(exporter, moment):
    """The exposition once a live and a full sweep have begun after `moment` and ended well, and with ended sessions:
    of a daemon that gets no processor for three full intervals they are withdrawn until its next full sweep."""

    def settled():
        metrics = exporter.scrape()
        times = [metrics.value("last_successful_sweep_timestamp_seconds", kind=kind) for kind in ("live", "full")]
        shown = {dict(key)["status"] for key in metrics.families.get("gamelift_streams_sessions", {})}
        return metrics if all(t and t > moment for t in times) and (not shown or "TERMINATED" in shown) else None

    return wait_for("a sweep of each kind", settled)


def check_counts(case, simulator, exporters, what):
    """Each exporter (by name), once it has swept since now, serves what is true now."""
    moment = time.time()
    truth = truth_of(simulator)
    for name, exporter in exporters.items():
        with case.subTest(what=what, plan=name):
            metrics = swept_since(exporter, moment)
            case.assertEqual(served_by(metrics), truth)
            case.assertEqual(metrics.value("up", target="t"), 1)


class Counts(unittest.TestCase):
    maxDiff = 4000

    def test_random_fleets(self):
        chance = random.Random(11)
        with Simulator(sessions=10, live=1) as simulator, \
                Exporter.serving(settings=quick_settings(simulator.url), environment=KEYS) as cheapest, \
                Exporter.serving(settings=quick_settings(simulator.url, strategy="live"), environment=KEYS) as live:
            exporters = {"auto": cheapest, "live": live}
            for number, size in enumerate(SIZES):
                alive = chance.randrange(0, size + 1)
                simulator.reset(sessions=size, live=alive, ending_per_minute=chance.randrange(0, 60), seed=number,
                                groups=chance.randrange(1, 5), locations=chance.randrange(1, 6),
                                export_share=chance.random() / 2)
                check_counts(self, simulator, exporters, f"fleet {number} of {size} sessions")
                simulator.advance(chance.choice([1, 20, 300]))
                check_counts(self, simulator, exporters, f"fleet {number} a while later")
            for exporter in exporters.values():
                self.assertEqual(exporter.stop(), 0)

    def test_a_hundred_thousand(self):
        with Simulator(sessions=100_000, live=300, ending_per_minute=20) as simulator:
            settings = quick_settings(simulator.url, live_interval="10s", full_interval="20s")
            with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                check_counts(self, simulator, {"auto": exporter}, "at first")
                simulator.advance(30)
                check_counts(self, simulator, {"auto": exporter}, "half a minute later")
                self.assertEqual(exporter.stop(), 0)


if __name__ == "__main__":
    unittest.main()
