"""From a fault in the simulated AWS to Alertmanager and back: every alert that a fault can drive fires and
resolves, and every query of the dashboards has an answer. GLS_REPORT names a file for the times.

An hour of the alerts is a minute here, so that a busy machine is a fault of its own: it runs only with
GLS_END_TO_END=1, as tests/run.sh --all sets it."""

import contextlib
import json
import math
import os
import time
import unittest

import rehearsal
from rehearsal import MISSING, ROOT, Rehearsal

if not MISSING:
    from faults import faults
    from rig import wait_for

PATIENCE = float(os.environ.get("GLS_PATIENCE", 300))  # seconds; a minute of the alerts is a second

# Queries for which some series may have nothing to tell at an instant.
MAY_HAVE_GAPS = {"exporter: Duration of calls A", "exporter: Duration of calls B"}


@unittest.skipUnless(os.environ.get("GLS_END_TO_END"), "takes minutes of both cores: set GLS_END_TO_END=1")
@unittest.skipIf(MISSING, f"needs {', '.join(MISSING)}")
class EndToEnd(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.closing = contextlib.ExitStack()
        cls.addClassCleanup(cls.closing.close)
        cls.rehearsal = cls.closing.enter_context(contextlib.closing(Rehearsal()))
        cls.faults = faults(cls.rehearsal, cls.closing)

    def test_1_healthy_fleets_raise_nothing(self):
        """For twenty minutes of the alerts' own time; some of them look back before they say anything."""
        daemons = len(self.rehearsal.scraped)
        wait_for("every picture", lambda: len(self.rehearsal.query("gamelift_streams_up == 1")) == daemons)
        started = time.monotonic()
        while time.monotonic() < started + 20:
            self.assertEqual(set(self.rehearsal.firing()), set())
            time.sleep(1)

    def test_2_faults_reach_alertmanager_and_resolve(self):
        end, waiting, asked = time.monotonic() + PATIENCE, list(self.faults), False
        while waiting and time.monotonic() < end:
            firing = self.rehearsal.firing()
            waiting = [fault for fault in waiting if not fault.step(firing)]
            if not asked and ("SessionErrorsSlow", "ends") in firing:
                asked = type(self).answers = self.answers_now()
            time.sleep(0.2)
        self.report()
        self.assertEqual([sorted(fault.open()) for fault in waiting], [])
        driven = {alert for fault in self.faults for alert, _ in fault.alerts} | {"ExporterAbsent"}
        shipped = {rule["alert"].removeprefix("GameLiftStreams")
                   for group in rehearsal.rules()[0]["groups"] for rule in group["rules"]}
        self.assertEqual(shipped, driven)
        for status in ("firing", "resolved"):
            wait_for(f"the pager to be told: {status}",
                     lambda status=status: ("pager", "GameLiftStreamsExporterDown", status) in self.rehearsal.pager.told)

    def report(self):
        rows = [{"fault": fault.name, "alert": alert, "fires after": round(seconds, 1),
                 "resolves after": round(fault.resolved.get((alert, instance), math.nan), 1)}
                for fault in self.faults for (alert, instance), seconds in fault.fired.items()]
        if path := os.environ.get("GLS_REPORT"):
            with open(path, "w", encoding="utf-8") as file:
                json.dump(rows, file, indent=1)

    def test_3_the_job_vanishes(self):
        scraped, self.rehearsal.scraped = self.rehearsal.scraped, {}
        self.rehearsal.publish()
        wait_for("ExporterAbsent", lambda: ("ExporterAbsent", None) in self.rehearsal.firing())
        self.rehearsal.scrape(**scraped)
        wait_for("its end", lambda: ("ExporterAbsent", None) not in self.rehearsal.firing())

    def test_4_panels_have_answers(self):
        self.assertTrue(self.answers)
        for query, found in self.answers.items():
            with self.subTest(query):
                self.assertTrue(found, "no answer")
                # A quantile of calls that nobody makes just now is no number; Grafana leaves it out.
                finite = [math.isfinite(value) or math.isnan(value) and query in MAY_HAVE_GAPS for value in found]
                self.assertTrue(all(finite), found)
                self.assertEqual(any(map(math.isfinite, found)), bool(found), found)

    def answers_now(self):
        """{dashboard, panel and query: the values it has now}"""
        answers = {}
        for board in sorted((ROOT / "deploy/grafana").glob("*.json")):
            for panel in json.loads(board.read_text())["panels"]:
                for query in panel.get("targets", []):
                    found = self.rehearsal.query(for_grafana(query["expr"]))
                    answers[f"{board.stem}: {panel['title']} {query['refId']}"] = [float(one["value"][1]) for one in found]
        return answers


def for_grafana(expression):
    """With its variables replaced, as for a choice of All."""
    for name in ("job", "instance", "region", "target", "location", "stream_group"):
        expression = expression.replace(f"${name}", ".*")
    return expression.replace("$__rate_interval", "15s")


if __name__ == "__main__":
    unittest.main()
