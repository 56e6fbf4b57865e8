"""Every alert fires when it should, is quiet when it should, and reads well."""

import re
import unittest

import yaml

from promtool import CASES, PROMTOOL, ROOT, RULES, alerts, groups_of, test_of, verdict

NEEDED = {"fires", "quiet", "boundary", "just_started"}


def cases():
    return {alert: named for file in CASES for alert, named in yaml.safe_load(file.read_text()).items()}


def group_named(name):
    (group,) = [group for group in groups_of(RULES[0]) if group["name"] == "gamelift_streams_" + name]
    return group


@unittest.skipUnless(PROMTOOL, "needs promtool of Debian's prometheus")
class Cases(unittest.TestCase):
    def test_hold(self):
        for file in CASES:
            with self.subTest(file.name):
                named = yaml.safe_load(file.read_text())
                tests = [test_of(alert, name, case) for alert in named for name, case in named[alert].items()]
                self.assertEqual(verdict(tests, group_named(file.stem)), "")

    def test_a_wrong_expectation_is_noticed(self):
        case = {"series": {"up{#a}": "0x10"}, "at": "6m"}
        found = verdict([test_of("ExporterDown", "wrong", case)], group_named("exporter"))
        self.assertIn("ExporterDown", found)


class EveryAlert(unittest.TestCase):
    def test_has_cases_that_fire_and_cases_that_do_not(self):
        known = cases()
        self.assertEqual(set(known), set(alerts()))
        for alert, named in known.items():
            with self.subTest(alert):
                self.assertLessEqual(NEEDED, set(named))
                self.assertTrue(named["fires"].get("expect"))
                self.assertFalse(named["quiet"].get("expect"))
                self.assertFalse(named["just_started"].get("expect"))

    def test_has_a_severity_and_texts(self):
        for alert, rule in alerts().items():
            with self.subTest(alert):
                self.assertIn(rule["labels"]["severity"], {"critical", "warning", "info"})
                self.assertEqual(set(rule["annotations"]), {"summary", "description", "runbook_url"})
                self.assertLess(len(rule["annotations"]["summary"]), 140)
                self.assertNotIn("account_id", "".join(rule["annotations"].values()))

    def test_has_its_wait_in_the_runbooks(self):
        text = (ROOT / "deploy/runbooks.md").read_text()
        stated = dict(re.findall(r"^\| (\w+) \| (\d+[smhd]) \| .+ \|$", text, re.M))
        self.assertEqual(stated, {alert: rule["for"] for alert, rule in alerts().items()})

    def test_has_a_runbook_with_its_three_answers(self):
        text = (ROOT / "deploy/runbooks.md").read_text()
        sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))
        self.assertEqual(set(sections), {"GameLiftStreams" + alert for alert in alerts()})
        for alert, rule in alerts().items():
            with self.subTest(alert):
                page, _, anchor = rule["annotations"]["runbook_url"].partition("#")
                self.assertTrue((ROOT / page).is_file())
                self.assertEqual(anchor, "gameliftstreams" + alert.lower())
                for answer in ("**Means**", "**Check**", "**Do**"):
                    self.assertIn(answer, sections["GameLiftStreams" + alert])


if __name__ == "__main__":
    unittest.main()
