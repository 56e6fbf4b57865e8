"""The dashboards' panels drawn with Grafana's own component library, from what a real Prometheus answers
about a simulated fleet. The library has no heatmap: the cells of those are drawn by our own src/heatmap.jsx.
With GLS_PANELS=1, because the library takes minutes to install and to build; GLS_PICTURES=FOLDER keeps the
pictures. Without it: whether all that the dashboards use can be drawn, and the pictures are there."""

import collections
import contextlib
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests/ops"), str(ROOT / "tests/daemon")]

BOARDS = {file.stem: json.loads(file.read_text()) for file in sorted((ROOT / "deploy/grafana").glob("*.json"))}
# Vite needs Node 20 and Debian 12 has 18, so that one comes along where npm has it for this machine.
NODE = next(map(str, HERE.glob("node_modules/node-linux-*/bin/node")), "node")
LOOKED_BACK = 120  # seconds: two hours, where an hour lasts a minute
STEP = 2  # seconds, so that a cell of a heatmap is wide enough to be seen

# What this fleet has nothing of.
EMPTY = {
    "exporter": {"Certificate", "Credentials", "Time left to credentials", 'Values summed under "other"',
                 "Values this version does not know"},
}
# What may be so at any moment, or not.
PERHAPS = {"Alerts firing"}


def used(kind):
    panels = [panel for board in BOARDS.values() for panel in board["panels"]]
    if kind == "panels":
        return {panel["type"] for panel in panels} - {"row"}
    return {step["id"] for panel in panels for step in panel.get("transformations", [])}


class WhatTheyUse(unittest.TestCase):
    def test_every_panel_type_is_drawn(self):
        drawn = re.search(r"components = \{(.*)\}", (HERE / "src/panels.jsx").read_text())[1]
        self.assertEqual(used("panels"), set(re.findall(r"(\w+):", drawn)))

    def test_every_transformation_is_done(self):
        done = re.search(r"transformations = \[(.*)\]", (HERE / "src/prepare.js").read_text())[1]
        self.assertEqual(used("transformations"), set(re.findall(r'"(\w+)"', done)))

    def test_every_setting_of_a_field_reaches_it(self):
        passed = set(re.findall(r'"(\w+)"', re.search(r"custom = \[(.*)\]", (HERE / "src/prepare.js").read_text())[1]))
        for board in BOARDS.values():
            for panel in board["panels"]:
                settings = panel.get("fieldConfig", {"defaults": {}, "overrides": []})
                asked = set(settings["defaults"].get("custom", {}))
                asked |= {change["id"].removeprefix("custom.") for override in settings["overrides"]
                          for change in override["properties"] if change["id"].startswith("custom.")}
                self.assertLessEqual(asked, passed, panel["title"])

    @unittest.skipUnless(shutil.which("node"), "needs node")
    def test_a_bucket_has_what_the_one_below_has_not(self):
        def series(bound, *samples):
            return {"metric": {"le": bound}, "values": [[at, str(value)] for at, value in samples]}

        cumulative = [series("+Inf", (1, 7), (2, 9.5), (3, 4)), series("10", (1, 6), (2, 9.5)), series("2.5", (2, 3))]
        program = f"import {{ increments }} from {json.dumps(str(HERE / 'src/buckets.js'))};" \
                  f"console.log(JSON.stringify(increments({json.dumps(cumulative)})))"
        said = subprocess.run(["node", "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
        self.assertEqual(json.loads(said.stdout), {
            "times": [1, 2, 3], "bounds": ["2.5", "10", "+Inf"],
            "counts": [[None, 3, None], [6, 6.5, None], [1, 0, 4]]})

    def test_every_dashboard_has_its_picture(self):
        pictures = {file.stem: file.stat().st_size for file in (HERE / "pictures").glob("*.png")}
        self.assertEqual(set(pictures), set(BOARDS))
        self.assertLess(max(pictures.values()), 600_000)


def filled(results):
    """How many cells of a heatmap are not empty."""
    at = collections.defaultdict(dict)
    for found in results:
        for seconds, count in found["values"]:
            at[seconds][float(found["metric"]["le"])] = float(count)
    cells = 0
    for counts in at.values():
        rising = [counts[bound] for bound in sorted(counts)]
        cells += sum(upper - lower > 1e-9 for lower, upper in zip([0, *rising], rising))
    return cells


@unittest.skipUnless(os.environ.get("GLS_PANELS"), "takes minutes: set GLS_PANELS=1")
class Drawn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from faults import FLEET, settings
        from rehearsal import Rehearsal
        from rig import KEYS, Exporter, Simulator

        cls.closing = contextlib.ExitStack()
        cls.addClassCleanup(cls.closing.close)
        cls.folder = pathlib.Path(cls.closing.enter_context(tempfile.TemporaryDirectory(prefix="gls-panels-")))
        subprocess.run([NODE, "node_modules/vite/bin/vite.js", "build", "--logLevel", "error"], cwd=HERE, check=True)
        cls.rehearsal = cls.closing.enter_context(contextlib.closing(Rehearsal()))
        for name, size in (("eu", 1200), ("us", 2500)):
            sizes = {"sessions": size, "live": size // 5, "ending_per_minute": size // 12, "groups": 3, "locations": 3,
                     "error_share": 0.02, "seed": size}
            simulator = cls.closing.enter_context(Simulator(**{**FLEET, **sizes}))
            text = settings(simulator.url, f"state: {{path: {cls.folder}/{name}.db}}\n")
            exporter = cls.closing.enter_context(Exporter.serving(
                settings=text.replace("name: t", f"name: prod-{name}"), environment={**KEYS, "AWS_REGION": "us-west-2"}))
            cls.rehearsal.scrape(**{name: exporter.url})
        time.sleep(LOOKED_BACK)
        cls.to = time.time()
        cls.answers = {name: {panel["id"]: cls.ask(panel) for panel in board["panels"] if panel["type"] != "row"}
                       for name, board in BOARDS.items()}

    @classmethod
    def ask(cls, panel):
        return {target["refId"]: cls.query(target) for target in panel["targets"]}

    @classmethod
    def query(cls, target):
        from end_to_end_test import for_grafana
        from rig import http

        expression = for_grafana(target["expr"])
        kind, asked = "query", {"query": expression, "time": cls.to}
        if not target.get("instant"):
            kind, asked = "query_range", {"query": expression, "start": cls.to - LOOKED_BACK, "end": cls.to, "step": STEP}
        status, text = http(f"{cls.rehearsal.prometheus.url}/api/v1/{kind}?" + urllib.parse.urlencode(asked))
        assert status == 200, (expression, text)
        return json.loads(text)["data"]["result"]

    def test_1_every_panel_has_something_to_show(self):
        for name, board in BOARDS.items():
            for panel in board["panels"]:
                if panel["type"] == "row" or panel["title"] in PERHAPS:
                    continue
                with self.subTest(f"{name}: {panel['title']}"):
                    numbers = [float(sample[1]) for results in self.answers[name][panel["id"]].values()
                               for found in results for sample in found.get("values", [found.get("value")])]
                    shown = any(map(math.isfinite, numbers))
                    self.assertEqual(shown, panel["title"] not in EMPTY.get(name, ()))

    def test_2_all_of_it_is_drawn(self):
        data, pictures = self.folder / "data", self.folder / "pictures"
        for folder in (data, pictures):
            folder.mkdir()
        for name, board in BOARDS.items():
            (data / f"{name}.json").write_text(json.dumps({
                "dashboard": board, "answers": self.answers[name], "from": self.to - LOOKED_BACK, "to": self.to}))
        done = subprocess.run([NODE, "draw.mjs", ROOT / "build/panels", data, pictures], cwd=HERE,
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.splitlines(), [
            f"{name}.json {panel['id']} {filled(self.answers[name][panel['id']]['A'])}"
            for name, board in BOARDS.items() for panel in board["panels"] if panel["type"] == "heatmap"])
        self.assertEqual({file.stem for file in pictures.glob("*.png")}, set(BOARDS))
        if kept := os.environ.get("GLS_PICTURES"):
            shutil.copytree(pictures, kept, dirs_exist_ok=True)


if __name__ == "__main__":
    unittest.main()
