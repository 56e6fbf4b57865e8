"""Stream groups, their capacity and applications as served: equal to the simulator's truth, gone with
what is gone, and never in the way of the sessions."""

import time
import unittest

from rig import KEYS, Exporter, Simulator, quick_settings, wait_for

CAPACITY = ("allocated", "idle", "requested", "maximum", "target_idle", "always_on")
FAMILIES = ("stream_group_info", "stream_group_status", "stream_group_location_status",
            *("stream_group_capacity_" + kind for kind in CAPACITY), "stream_group_expiry_timestamp_seconds",
            "application_info", "application_status")


def settings(simulator, interval="1s"):
    return quick_settings(simulator.url) + f"inventory:\n  interval: {interval}\n"


def read_since(exporter, moment):
    """The exposition once a reading of the inventory has begun after `moment` and ended well."""

    def settled():
        metrics = exporter.scrape()
        last = metrics.value("inventory_last_success_timestamp_seconds", target="t")
        return metrics if last and last > moment and metrics.value("target_info", target="t") else None

    return wait_for("an inventory", settled)


class Inventory(unittest.TestCase):
    maxDiff = 4000

    def check(self, simulator, metrics):
        truth = simulator.truth()
        groups = truth["stream_groups"]
        places = [(group, place) for group in groups for place in group["locations"]]
        self.assertEqual(
            metrics.rows("stream_group_info", "stream_group", "description", "stream_class", "default_application"),
            {(g["stream_group"], g["description"], g["stream_class"], g["default_application"]): 1 for g in groups})
        self.assertEqual(metrics.rows("stream_group_status", "stream_group", "status"),
                         {(g["stream_group"], g["status"]): 1 for g in groups})
        self.assertEqual(metrics.rows("stream_group_location_status", "stream_group", "location", "status"),
                         {(g["stream_group"], p["location"], p["status"]): 1 for g, p in places})
        for kind in CAPACITY:
            self.assertEqual(metrics.rows("stream_group_capacity_" + kind, "stream_group", "location"),
                             {(g["stream_group"], p["location"]): p[kind] for g, p in places if p[kind]}, kind)
        self.assertEqual(metrics.rows("stream_group_expiry_timestamp_seconds", "stream_group"),
                         {(g["stream_group"],): g["expires"] for g in groups})
        self.assertEqual(metrics.rows("application_info", "application", "description", "runtime"),
                         {(a["application"], a["description"], a["runtime"]): 1 for a in truth["applications"]})
        self.assertEqual(metrics.rows("application_status", "application", "status"),
                         {(a["application"], a["status"]): 1 for a in truth["applications"]})
        return [g["stream_group"] for g in groups]

    def test_equals_the_truth_and_a_group_takes_its_series_along(self):
        # More groups and applications than one page holds.
        with Simulator(sessions=50, live=10, groups=101, applications=102, locations=2) as simulator, \
                Exporter.serving(settings=settings(simulator), environment=KEYS) as exporter:
            groups = self.check(simulator, read_since(exporter, 0))
            self.assertEqual(len(groups), 101)
            simulator.control("fleet", {"orders": [{"do": "drop_group", "stream_group": groups[0]},
                                                   {"do": "set_group", "stream_group": groups[1], "status": "ERROR"}]})
            metrics = read_since(exporter, time.time())
            self.assertNotIn(groups[0], self.check(simulator, metrics))
            for name in FAMILIES:
                for series in metrics.families["gamelift_streams_" + name]:
                    self.assertNotIn(("stream_group", groups[0]), series)
            self.assertEqual(exporter.stop(), 0)

    def test_denied_is_counted_and_said_once_and_sessions_go_on(self):
        with Simulator(sessions=50, live=10) as simulator:
            simulator.faults(*({"kind": "deny", "operation": name} for name in ("ListStreamGroups", "ListApplications")))
            with Exporter.serving(settings=settings(simulator), environment=KEYS) as exporter:
                wait_for("failures", lambda: (exporter.scrape().value("inventory_failures_total", reason="denied") or 0) >= 2)
                metrics = wait_for("sessions", lambda: exporter.scrape() if exporter.scrape().value("up", target="t") else None)
                self.assertEqual(sum(metrics.rows("sessions", "status", "location").values()), 50)
                self.assertEqual(metrics.rows("sweep_failures_total", "reason"), {})
                for name in FAMILIES:
                    self.assertNotIn("gamelift_streams_" + name, metrics.families)
                said = [line for line in exporter.text("err").splitlines()
                        if "level=warn" in line and "msg=inventory_failed" in line]
                self.assertEqual(len(said), 1, said)
                self.assertIn("gameliftstreams:ListStreamGroups", said[0])
                simulator.faults()
                self.check(simulator, read_since(exporter, time.time()))
                self.assertIn("msg=inventory_recovered", exporter.text("err"))

    def test_off(self):
        with Simulator(sessions=50, live=10) as simulator, \
                Exporter.serving(settings=settings(simulator, "0"), environment=KEYS) as exporter:
            wait_for("sessions", lambda: exporter.scrape().value("up", target="t"))
            asked = {row["operation"] for row in simulator.control("calls")["operations"] if row["ok"]}
            self.assertFalse(asked & {"ListStreamGroups", "GetStreamGroup", "ListApplications"}, asked)


if __name__ == "__main__":
    unittest.main()
