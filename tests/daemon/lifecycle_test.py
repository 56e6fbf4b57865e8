"""What happened to the sessions of a living fleet, counted by the daemon as the simulator counted it."""

import time
import unittest

from rig import KEYS, Exporter, Simulator, quick_settings, wait_for

FAMILIES = {
    "sessions_started_total": ("started", ("stream_group", "location")),
    "sessions_ended_total": ("ended", ("status", "status_reason", "stream_group", "location")),
    "session_exports_finished_total": ("exports_finished", ("export_status", "location")),
}


def truth_of(simulator):
    told = simulator.truth()["lifecycle"]
    return {family: {tuple(row[label] for label in labels): row["count"] for row in told[name]}
            for family, (name, labels) in FAMILIES.items()}


def swept_since(exporter, moment):
    def settled():
        metrics = exporter.scrape()
        last = metrics.value("last_successful_sweep_timestamp_seconds", kind="full")
        return metrics if last and last > moment else None
    return wait_for("a full sweep", settled)


class Lifecycle(unittest.TestCase):
    maxDiff = 4000

    def test_the_first_event_of_a_series_was_a_zero_before(self):
        with Simulator(sessions=3, live=0, groups=2, locations=3) as simulator, \
                Exporter.serving(settings=quick_settings(simulator.url), environment=KEYS) as exporter:
            family = "gamelift_streams_sessions_started_total"
            places = {(group["stream_group"], place["location"])
                      for group in simulator.truth()["stream_groups"] for place in group["locations"]}

            def shown():
                series = exporter.scrape().families.get(family, {})
                return {(dict(labels)["stream_group"], dict(labels)["location"]): value
                        for labels, value in series.items()}

            zeros = {place: 0 for place in places}
            wait_for("zeros for all that the inventory lists", lambda: shown() == zeros)
            group, location = min(places)
            simulator.control("fleet", {"orders": [{"do": "start", "count": 3, "stream_group": group,
                                                    "location": location}]})
            wait_for("the starts", lambda: shown() == {**zeros, (group, location): 3})

    def watch(self, strategy):
        with Simulator(sessions=300, live=60, ending_per_minute=40, export_share=0.3, error_share=0.2,
                       groups=3, locations=3) as simulator, \
                Exporter.serving(settings=quick_settings(simulator.url, strategy=strategy),
                                 environment=KEYS) as exporter:
            first = swept_since(exporter, 0)
            for family, (_, labels) in FAMILIES.items():
                self.assertEqual(first.rows(family, *labels), {}, "what was there before is no event")
            self.assertIn('gamelift_streams_sessions_started_total{', first.text)
            # Shorter than the fleet keeps ended sessions listed: what AWS never lists, nobody can count.
            for step in (5, 30, 60, 10, 60, 60):
                simulator.advance(step)
                metrics = swept_since(exporter, time.time())
                truth = truth_of(simulator)
                for family, (_, labels) in FAMILIES.items():
                    with self.subTest(family=family, step=step):
                        self.assertEqual(metrics.rows(family, *labels), truth[family])
            ended = sum(truth["sessions_ended_total"].values())
            self.assertGreater(ended, 100)
            durations = metrics.families["gamelift_streams_session_duration_seconds_count"]
            self.assertEqual(sum(durations.values()), ended)
            self.assertEqual(metrics.value("up", target="t"), 1)

    def test_full_sweeps(self):
        self.watch("full")

    def test_live_sweeps_with_look_ups(self):
        self.watch("live")


if __name__ == "__main__":
    unittest.main()
