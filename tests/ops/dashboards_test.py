"""The dashboards, held to what the exporter exposes, what promtool parses and what Grafana expects."""

import collections
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
MIXIN = ROOT / "deploy/mixin"
GRAFANA = ROOT / "deploy/grafana"
CATALOGUE = ROOT / "tests/data/metrics/catalogue.txt"
NAMES = ("fleet", "sessions", "capacity", "exporter")
VARIABLES = ("datasource", "job", "instance", "region", "target", "location", "stream_group")
SOURCE = {"type": "prometheus", "uid": "${datasource}"}

# Families of the contract beside those of the catalogue, with their labels beside those of every target.
TARGET, ACCOUNT = "target region ", "target region account_id "
BESIDE = {
    "gamelift_streams_" + name: labels for name, labels in {
        "sessions_started_total": ACCOUNT + "stream_group location",
        "sessions_ended_total": ACCOUNT + "status status_reason stream_group location",
        "session_transitions_total": ACCOUNT + "from to",
        "session_exports_finished_total": ACCOUNT + "export_status location",
        "session_duration_seconds_bucket": ACCOUNT + "location le",
        "session_activation_duration_seconds_bucket": ACCOUNT + "location le",
        "state_writable": TARGET,
    }.items()
}
PROMETHEUS = {"up": "", "ALERTS": "alertname alertstate severity target"}

# What the types of panel that are used here know beside the settings that all have: {option: its values, or of
# which type they are}. Grafana is silent about any other.
CUSTOM = {
    "stat": {},
    "heatmap": {},
    "timeseries": {
        "lineWidth": int, "fillOpacity": int,
        "showPoints": {"auto", "always", "never"},
        "stacking.mode": {"none", "normal", "percent"}, "stacking.group": str,
        "thresholdsStyle.mode": {"off", "line", "dashed", "area", "line+area", "dashed+area", "series"},
    },
    "table": {
        "minWidth": int, "width": int,
        "cellOptions.type": {"auto", "color-text", "color-background", "gauge", "json-view"},
    },
}
STANDARD = {"unit", "min", "max", "decimals", "displayName", "color", "thresholds", "mappings", "noValue"}

WORDS = re.compile(r'"(?:[^"\\]|\\.)*"')
SELECTOR = re.compile(r"([A-Za-z_:][\w:]*)\s*\{([^}]*)\}")
BY = re.compile(r"\b(?:by|on|group_left|group_right) \(([^)]*)\)")


def families():
    known = {name: set(labels.split()) for name, labels in (BESIDE | PROMETHEUS).items()}
    for line in CATALOGUE.read_text().splitlines():
        if line.startswith(" "):
            continue
        name, kind, *labels = line.split()
        for suffix in ("_bucket", "_sum", "_count") if kind == "histogram" else ("",):
            known[name + suffix] = set(labels) | ({"le"} if suffix == "_bucket" else set())
    return {name: labels | {"job", "instance"} for name, labels in known.items()}


def load(name):
    return json.loads((GRAFANA / f"{name}.json").read_text())


def panels_of(board):
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def leaves(value, path=""):
    """{"stacking.mode": "normal"} of {"stacking": {"mode": "normal"}}"""
    if not isinstance(value, dict):
        return {path: value}
    return {deeper: found for key, inner in value.items() for deeper, found in leaves(inner, f"{path}.{key}".strip(".")).items()}


def substituted(expr):
    for name, value in (("$__rate_interval", "5m"), *(("$" + name, ".*") for name in VARIABLES)):
        expr = expr.replace(name, value)
    return expr


class Dashboards(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.boards = {name: load(name) for name in NAMES}
        cls.panels = [(f"{name}: {panel['title']}", panel) for name, board in cls.boards.items()
                      for panel in panels_of(board)]
        cls.queries = [(f"{where} {query['refId']}", query)
                       for where, panel in cls.panels for query in panel["targets"]]

    def test_are_what_jsonnet_makes_now(self):
        if not shutil.which("jsonnet"):
            self.skipTest("jsonnet is not installed")
        with tempfile.TemporaryDirectory(prefix="gls-mixin-") as folder:
            # As generate.sh does; the whole of it spends most of its time on alerts.
            subprocess.run(["jsonnet", "-m", folder, MIXIN / "dashboards.jsonnet"], check=True, capture_output=True)
            made = {path.name: path.read_text() for path in pathlib.Path(folder).iterdir()}
        committed = {path.name: path.read_text() for path in GRAFANA.iterdir()}
        self.assertEqual(sorted(made), sorted(committed))
        for name, text in made.items():
            self.assertTrue(text == committed[name], f"{name} is old: run deploy/mixin/generate.sh")

    def test_every_expression_parses(self):
        if not shutil.which("promtool"):
            self.skipTest("promtool is not installed")
        rules = [{"record": f"query:{number}", "expr": substituted(query["expr"])}
                 for number, (_, query) in enumerate(self.queries)]
        for rule in rules:
            self.assertNotIn("$", rule["expr"], "a variable that the dashboards do not have")
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            yaml.safe_dump({"groups": [{"name": "dashboards", "rules": rules}]}, file)
            file.flush()
            checked = subprocess.run(["promtool", "check", "rules", file.name],
                                     capture_output=True, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertIn(f"SUCCESS: {len(rules)} rules found", checked.stdout)

    def test_ask_only_for_families_and_labels_that_exist(self):
        known = families()
        for where, query in self.queries:
            with self.subTest(where):
                selected = SELECTOR.findall(WORDS.sub('""', query["expr"]))
                self.assertTrue(selected)
                has = set()
                for name, matchers in selected:
                    self.assertIn(name, known)
                    has |= known[name]
                    asked = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers))
                    self.assertLessEqual(asked, known[name], name)
                    self.assertIn("job", asked, name)
                named = re.findall(r"\b(?:gamelift_streams|process)_\w+", query["expr"])
                self.assertLessEqual(set(named), {name for name, _ in selected}, "a family without a selector")
                kept = set(re.findall(r"\w+", " ".join(BY.findall(query["expr"]))))
                self.assertLessEqual(kept, has)
                self.assertLessEqual(set(re.findall(r"{{(\w+)}}", query["legendFormat"])), kept or has)

    def test_rates_take_their_window_from_grafana(self):
        for where, query in self.queries:
            with self.subTest(where):
                expr = query["expr"]
                windows = re.findall(r"\[([^\]]*)\]", expr)
                self.assertLessEqual(set(windows), {"$__rate_interval"})
                self.assertEqual(len(windows), len(re.findall(r"\b(?:rate|increase)\(", expr)))
                for name in re.findall(r"(\w+_(?:total|bucket|sum|count))\{", expr):
                    if "unknown_values_total" not in name:
                        self.assertRegex(expr, rf"(?:rate|increase)\({name}\{{", "a counter without a rate")

    def test_panels_say_what_they_show(self):
        for where, panel in self.panels:
            with self.subTest(where):
                for words in (panel["title"], panel["description"], panel["fieldConfig"]["defaults"]["unit"]):
                    self.assertTrue(words.strip())
                self.assertTrue(panel["description"].endswith("."))
                self.assertEqual(panel["datasource"], SOURCE)
                self.assertTrue(panel["targets"])
                for query in panel["targets"]:
                    self.assertEqual(query["datasource"], SOURCE)
                self.assertEqual(len({query["refId"] for query in panel["targets"]}), len(panel["targets"]))

    def test_titles_and_ids_are_unique(self):
        for where, board in self.boards.items():
            with self.subTest(where):
                for key, panels in (("id", board["panels"]), ("title", panels_of(board))):
                    times = collections.Counter(panel[key] for panel in panels)
                    twice = [value for value, count in times.items() if count > 1]
                    self.assertEqual(twice, [], key)
        self.assertEqual(len({board["uid"] for board in self.boards.values()}), len(NAMES))
        self.assertEqual(len({board["title"] for board in self.boards.values()}), len(NAMES))

    def test_panels_do_not_overlap(self):
        for where, board in self.boards.items():
            with self.subTest(where):
                taken = {}
                for panel in board["panels"]:
                    place = panel["gridPos"]
                    self.assertGreater(place["w"], 0)
                    self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
                    for x in range(place["x"], place["x"] + place["w"]):
                        for y in range(place["y"], place["y"] + place["h"]):
                            self.assertNotIn((x, y), taken, f"{panel['title']} lies on {taken.get((x, y))}")
                            taken[x, y] = panel["title"]

    def test_thresholds_rise(self):
        for where, panel in self.panels:
            with self.subTest(where):
                steps = panel["fieldConfig"]["defaults"].get("thresholds", {"steps": [{"value": None}]})["steps"]
                values = [step["value"] for step in steps]
                self.assertIsNone(values[0])
                self.assertEqual(values[1:], sorted(set(values[1:])))

    def test_settings_of_fields_are_known_to_their_panel(self):
        for where, panel in self.panels:
            with self.subTest(where):
                defaults = dict(panel["fieldConfig"]["defaults"])
                custom = [defaults.pop("custom", {})]
                named = set(defaults)
                for override in panel["fieldConfig"]["overrides"]:
                    for change in override["properties"]:
                        kind, _, option = change["id"].partition(".")
                        if kind == "custom":
                            custom.append({option: change["value"]})
                        else:
                            named.add(change["id"])
                self.assertLessEqual(named, STANDARD)
                known = CUSTOM[panel["type"]]
                for option, value in (pair for options in custom for pair in leaves(options).items()):
                    self.assertIn(option, known)
                    if isinstance(known[option], set):
                        self.assertIn(value, known[option], option)
                    else:
                        self.assertIs(type(value), known[option], option)

    def test_overrides_name_a_column_that_is_there(self):
        for where, panel in self.panels:
            with self.subTest(where):
                columns = {label for query in panel["targets"] for by in BY.findall(query["expr"])
                           for label in re.findall(r"\w+", by)}
                for step in panel.get("transformations", []):
                    columns |= set(step["options"].get("renameByName", {}).values())
                for override in panel["fieldConfig"]["overrides"]:
                    self.assertEqual(override["matcher"]["id"], "byName")
                    self.assertIn(override["matcher"]["options"], columns)
                for order in panel["options"].get("sortBy", []):
                    self.assertIn(order["displayName"], columns)

    def test_variables_are_the_same_everywhere(self):
        for where, board in self.boards.items():
            with self.subTest(where):
                variables = {variable["name"]: variable for variable in board["templating"]["list"]}
                self.assertEqual(tuple(variables), VARIABLES)
                for name in VARIABLES[1:]:
                    self.assertTrue(variables[name]["multi"] and variables[name]["includeAll"], name)
                    self.assertEqual(variables[name]["datasource"], SOURCE)
                used = {name for name in VARIABLES if re.search(rf"\${name}\b|\${{{name}}}", json.dumps(board["panels"]))}
                shown = {name for name, variable in variables.items() if variable["hide"] == 0}
                self.assertEqual(used, shown)

    def test_link_to_each_other(self):
        for where, board in self.boards.items():
            with self.subTest(where):
                (link,) = board["links"]
                self.assertTrue(link["includeVars"] and link["keepTime"])
                for other in self.boards.values():
                    self.assertLessEqual(set(link["tags"]), set(other["tags"]))


if __name__ == "__main__":
    unittest.main()
