"""deploy/rehearse.sh drives every fault that it lists, and mends them."""

import os
import re
import shutil
import subprocess
import sys
import unittest

from promtool import ROOT, alerts

sys.path.insert(0, str(ROOT / "tests/daemon"))

from rig import Simulator  # noqa: E402


@unittest.skipUnless(shutil.which("curl") and shutil.which("jq"), "needs curl and jq")
class Rehearse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = Simulator(sessions=500, live=200, speed=1, ending_per_minute=60)
        cls.addClassCleanup(cls.simulator.close)
        cls.listed = dict(re.findall(r"^(\w+) +.{38}(.*)$", cls.run_script().stdout, re.M))

    @classmethod
    def run_script(cls, *words):
        environment = {**os.environ, "SIMULATOR": cls.simulator.url}
        return subprocess.run([ROOT / "deploy/rehearse.sh", *words], env=environment, capture_output=True, text=True)

    def begin(self, fault):
        done = self.run_script(fault)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_lists_twelve_faults_and_alerts_that_exist(self):
        self.assertEqual(len(self.listed), 12)
        named = set(re.findall(r"[A-Z]\w+", " ".join(self.listed.values())))
        self.assertLessEqual(named, set(alerts()))

    def test_begins_and_ends_every_one(self):
        for fault in self.listed:
            with self.subTest(fault):
                births = self.simulator.truth()["births"]
                self.begin(fault)
                self.begin("end")
                self.assertEqual(self.simulator.control("faults")["rules"], [])
                self.assertGreater(self.simulator.truth()["births"], births)

    def test_what_was_ordered_ends_with_the_fleet(self):
        def group():
            return self.simulator.truth()["stream_groups"][0]["status"]

        def held():
            self.simulator.advance(3600)
            return {row["status"]: row["count"] for row in self.simulator.truth()["sessions"]}.get("ACTIVATING", 0)

        self.begin("unhealthy")
        self.begin("stuck")
        self.assertEqual(group(), "ERROR")
        self.assertGreater(held(), 300)
        self.begin("end")
        self.assertEqual(group(), "ACTIVE")
        self.assertLess(held(), 100)

    def test_a_full_location_is_one_where_sessions_run(self):
        self.begin("exhausted")
        full = [place for group in self.simulator.truth()["stream_groups"] for place in group["locations"]
                if place["maximum"] == 1]
        self.assertEqual([(place["allocated"], place["idle"]) for place in full], [(1, 0)])
        self.begin("end")

    def test_an_unknown_fault_is_refused(self):
        done = self.run_script("earthquake")
        self.assertEqual(done.returncode, 1)
        self.assertIn("earthquake", done.stderr)


if __name__ == "__main__":
    unittest.main()
