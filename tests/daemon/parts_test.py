"""Full sweeps in parts: where AWS's answers are slower than the pace, the lists of all stream groups
are read side by side, and what is served equals what is true all the same."""

import unittest

from counts_test import check_counts
from rig import KEYS, Exporter, Simulator, quick_settings, wait_for

ONE_CHAIN, PART = "ListStreamSessionsByAccount", "ListStreamSessions"


def calls(exporter, operation):
    return exporter.scrape().value("api_requests_total", operation=operation, code="200", target="t") or 0


class Parts(unittest.TestCase):
    maxDiff = 4000

    def test_exact_in_parts_and_when_a_group_goes(self):
        with Simulator(sessions=6_000, live=40, groups=3, speed=0) as simulator:
            simulator.faults({"kind": "slow", "operation": ONE_CHAIN, "seconds": 0.1},
                             {"kind": "slow", "operation": PART, "seconds": 0.1})
            settings = quick_settings(simulator.url, strategy="live", full_interval="1s")
            with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                # The first full sweep is one chain: how slow AWS is, is learnt from it.
                wait_for("a sweep in parts", lambda: calls(exporter, PART) >= 60)
                simulator.control("fleet", {"orders": [
                    {"do": "start", "count": 7}, {"do": "end", "count": 3},
                    {"do": "remove", "status": "TERMINATED", "count": 150}]})
                check_counts(self, simulator, {"parts": exporter}, "changed")
                self.assertGreater(calls(exporter, "ListStreamGroups"), 0)

                # What is listed of a group that is not, only the account's list can tell.
                simulator.control("fleet", {"orders": [{"do": "drop_group"}]})
                before = calls(exporter, ONE_CHAIN)
                check_counts(self, simulator, {"parts": exporter}, "a stream group less")
                self.assertGreater(calls(exporter, ONE_CHAIN), before + 9)
                metrics = exporter.scrape()
                self.assertEqual(metrics.value("up", target="t"), 1)
                self.assertEqual(sum(metrics.rows("sweep_failures_total", "reason", "kind").values()), 0)
                self.assertEqual(exporter.stop(), 0)


if __name__ == "__main__":
    unittest.main()
