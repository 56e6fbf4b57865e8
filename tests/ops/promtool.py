"""Cases for alerts, in short form, as promtool's test files, and promtool itself.

Series and expected labels are written with #a for a daemon named a, @a for its target of that name and
$a for the target with its account. An expectation ends in "=> text" where the annotations show the
alert's value as that text. Annotations are expanded here from the expected labels alone, so a label that
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
    groups = yaml.safe_load(RULES[0].read_text())["groups"]
    return {rule["alert"].removeprefix("GameLiftStreams"): rule for group in groups for rule in group["rules"]}


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
        "alert_rule_test": [{
            "eval_time": case["at"],
            "alertname": "GameLiftStreams" + alert,
            "exp_alerts": [expected_alert(alerts()[alert], e) for e in case.get("expect", [])],
        }],
    }


def groups_of(file):
    return [group["name"] for group in yaml.safe_load(file.read_text())["groups"]]


def verdict(tests, alert_group=None):
    """What promtool says of the tests: empty if all hold. Naming the alerts' group leaves out the others,
    which costs time alone. Recording rules come first, or alerts would see them a minute late."""
    alerting = yaml.safe_load(RULES[0].read_text())
    if alert_group is not None:
        alerting["groups"] = [group for group in alerting["groups"] if group["name"] == alert_group]
    with tempfile.TemporaryDirectory() as folder:
        rules, file = pathlib.Path(folder, "alerts.yml"), pathlib.Path(folder, "tests.yml")
        rules.write_text(yaml.safe_dump(alerting))
        file.write_text(yaml.safe_dump({
            "rule_files": [str(RULES[1]), str(rules)],
            "group_eval_order": groups_of(RULES[1]) + groups_of(rules),
            "evaluation_interval": "1m",
            "tests": tests,
        }))
        run = subprocess.run([PROMTOOL, "test", "rules", str(file)], capture_output=True, text=True)
    return "" if run.returncode == 0 else run.stdout + run.stderr
