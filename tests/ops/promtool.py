"""Cases for alerts, in short form, as promtool's test files, and promtool itself.

Series and expected labels are written with #a for a daemon named a, @a for its target of that name and
$a for the target with its account. An expectation ends in "=> text" where the annotations show the
alert's value as that text; at `not_yet`, where a case has it, nothing fires. Annotations are expanded here from the expected labels alone, so a label that
does not survive the expression fails the case."""

import functools
import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = [ROOT / "deploy/prometheus/alerts.yml", ROOT / "deploy/prometheus/rules.yml"]
CASES = sorted((ROOT / "tests/ops/cases").glob("*.yml"))
PROMTOOL = shutil.which("promtool")

DAEMON = 'job="gamelift_streams",instance="{0}:10131"'
TARGET = DAEMON + ',target="{0}",region="us-west-2"'
ACCOUNT = TARGET + ',account_id="111122223333"'
NAMES = {"#": DAEMON, "@": TARGET, "$": ACCOUNT}


@functools.cache
def alerts():
    """{name without the common prefix: rule}"""
    return {rule["alert"].removeprefix("GameLiftStreams"): rule
            for group in groups_of(RULES[0]) for rule in group["rules"]}


def spelled_out(text):
    return re.sub(r"([#@$])(\w+)", lambda found: NAMES[found[1]].format(found[2]), text)


def annotation(template, labels, value):
    def expand(found):
        if found[1].startswith("$value"):
            return value
        return labels[found[1].removeprefix("$labels.")]

    return re.sub(r"\{\{ (.*?) \}\}", expand, template)


def expected_alert(rule, expectation):
    words, _, value = expectation.partition(" => ")
    labels = dict(re.findall(r'(\w+)="(.*?)"', spelled_out(words)))
    texts = {name: annotation(text, labels, value) for name, text in rule["annotations"].items()}
    return {"exp_labels": {**labels, **rule["labels"]}, "exp_annotations": texts}


def test_of(alert, name, case):
    return {
        "name": f"{alert} {name}",
        "interval": "1m",
        "input_series": [{"series": spelled_out(s), "values": v} for s, v in case["series"].items()],
        "alert_rule_test": [
            {"eval_time": time, "alertname": "GameLiftStreams" + alert, "exp_alerts": expected}
            for time, expected in [
                *([(case["not_yet"], [])] if "not_yet" in case else []),
                (case["at"], [expected_alert(alerts()[alert], e) for e in case.get("expect", [])]),
            ]
        ],
    }


def groups_of(path):
    return yaml.safe_load(path.read_text())["groups"]


def needed_by(rules):
    """The recording rules that these rules read, in their order: the others cost time alone."""
    recording = [rule for group in groups_of(RULES[1]) for rule in group["rules"]]
    text = " ".join(rule["expr"] for rule in rules)
    for rule in reversed(recording):
        if rule["record"] in text:
            text += " " + rule["expr"]
    return [rule for rule in recording if rule["record"] in text]


def verdict(tests, group):
    """What promtool says of the tests of a group of alerts: empty if all hold. Recording rules come first,
    or alerts would see them a minute late."""
    recording = {"name": "recording", "rules": needed_by(group["rules"])}
    groups = [recording, group] if recording["rules"] else [group]
    with tempfile.TemporaryDirectory() as folder:
        rules, file = pathlib.Path(folder, "rules.yml"), pathlib.Path(folder, "tests.yml")
        rules.write_text(yaml.safe_dump({"groups": groups}))
        file.write_text(yaml.safe_dump({
            "rule_files": [str(rules)],
            "group_eval_order": [group["name"] for group in groups],
            "evaluation_interval": "1m",
            "tests": tests,
        }))
        run = subprocess.run([PROMTOOL, "test", "rules", str(file)], capture_output=True, text=True)
    return "" if run.returncode == 0 else run.stdout + run.stderr
