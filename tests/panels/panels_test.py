"""The dashboards' panels drawn with Grafana's own component library, from what a real Prometheus answers
about a simulated fleet. With GLS_PANELS=1, because the library takes minutes to install and to build;
GLS_PICTURES=FOLDER keeps the pictures. Without it: whether all that the dashboards use can be drawn, and the
pictures are there."""

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

# Not in Grafana's component library: only Grafana itself draws them.
NOT_DRAWN = {"heatmap"}

# What this fleet has nothing of.
EMPTY = {
    "exporter": {"Certificate expires in", "Credentials expire in", "Time left to credentials", 'Values summed under "other"',
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
        self.assertEqual(used("panels"), set(re.findall(r"(\w+):", drawn)) | NOT_DRAWN)

    def test_every_transformation_is_done(self):
        done = re.search(r"transformations = \[(.*)\]", (HERE / "src/prepare.js").read_text())[1]
        self.assertEqual(used("transformations"), set(re.findall(r'"(\w+)"', done)))

    def test_every_dashboard_has_its_picture(self):
        pictures = {file.stem: file.stat().st_size for file in (HERE / "pictures").glob("*.png")}
        self.assertEqual(set(pictures), set(BOARDS))
        self.assertLess(max(pictures.values()), 600_000)


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
            kind, asked = "query_range", {"query": expression, "start": cls.to - LOOKED_BACK, "end": cls.to, "step": 1}
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
        self.assertEqual({file.stem for file in pictures.glob("*.png")}, set(BOARDS))
        if kept := os.environ.get("GLS_PICTURES"):
            shutil.copytree(pictures, kept, dirs_exist_ok=True)


if __name__ == "__main__":
    unittest.main()
