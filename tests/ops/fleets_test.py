"""Rules and dashboards over fleets of every kind: fifty targets of one daemon, fifty daemons, breakdowns switched
off, a target that is down from the start, an older exporter that lacks a family."""

import json
import re
import unittest

import yaml

from normal_days import NormalDays
from promtool import CASES, PROMTOOL, ROOT, RULES, alerts, groups_of, test_of, verdict

FIFTY = range(50)
BROKEN = re.compile(r"\berr(?:or)?:|many-to-many|duplicate|multiple matches", re.I)
FAMILY = re.compile(r"\b(?:gamelift_streams_\w+|up)\b")
BREAKDOWNS = {"gamelift_streams_stream_group_sessions", "gamelift_streams_application_sessions",
              "gamelift_streams_session_status_reasons"}


def group_of(rules):
    return {"name": "alone", "rules": rules}


def all_alerts():
    return group_of([rule for group in groups_of(RULES[0]) for rule in group["rules"]])


def copies(case, name):
    """The case with every series and expectation once for each of fifty; `name(words, n)` renames."""
    return {
        **case,
        "series": {name(series, n): values for series, values in case["series"].items() for n in FIFTY},
        "expect": [name(expectation, n) for expectation in case["expect"] for n in FIFTY],
    }


@unittest.skipUnless(PROMTOOL, "needs promtool of Debian's prometheus")
class Rules(unittest.TestCase):
    def test_fifty_daemons(self):
        self.fifty(lambda words, n: re.sub(r"([#@$])a\b", rf"\g<1>a{n}", words))

    def test_fifty_targets_of_one_daemon(self):
        def one_of(words, n):
            target = f',target="t{n}",region="us-west-2"'
            more = {"#": "", "@": target, "$": target + ',account_id="111122223333"'}
            return re.sub(r"([#@$])a\b", lambda found: f'job="gamelift_streams",instance="one:10131"{more[found[1]]}', words)

        self.fifty(one_of, lambda case: re.search(r"[@$]a\b", " ".join(case["series"])))

    def fifty(self, name, fits=lambda case: True):
        for file in CASES:
            fires = {alert: named["fires"] for alert, named in yaml.safe_load(file.read_text()).items()}
            # A day of fifty is minutes of work, and matches as the other capacity alerts do.
            fires = {alert: case for alert, case in fires.items()
                     if fits(case) and alert not in ("IdleCapacity", "ExporterAbsent")}
            if fires:
                with self.subTest(file.name):
                    tests = [test_of(alert, "fifty", copies(case, name)) for alert, case in fires.items()]
                    self.assertEqual(verdict(tests, group_of([alerts()[alert] for alert in fires])), "")

    def test_no_alert_needs_what_may_be_switched_off(self):
        rules = [rule for path in RULES for group in groups_of(path) for rule in group["rules"]]
        read = {family for rule in rules for family in FAMILY.findall(rule["expr"])}
        self.assertIn("gamelift_streams_sessions", read)
        self.assertEqual(read & BREAKDOWNS, set())

    def firing(self, series, at):
        """What fires at minute `at`, all rules considered."""
        test = {"name": "all", "interval": "1m", "promql_expr_test": [{
            "eval_time": f"{at}m", "exp_samples": [],
            "expr": 'count by (alertname) (ALERTS{alertstate="firing",alertname!=""})',
        }], "input_series": [{"series": name, "values": values} for name, values in series.items()]}
        said = verdict([test], all_alerts())
        self.assertNotRegex(said.replace("FAILED:", ""), BROKEN)
        return set(re.findall(r'alertname="GameLiftStreams(\w+)"', said))

    def test_a_daemon_down_from_the_start(self):
        series = 'up{job="gamelift_streams",instance="a:10131"}'
        self.assertEqual(self.firing({series: "0x60"}, 60), {"ExporterDown"})

    def test_a_target_out_of_reach_from_the_start(self):
        daemon = 'job="gamelift_streams",instance="a:10131"'
        target = daemon + ',target="t",region="us-west-2"'
        self.assertEqual(self.firing({
            f"up{{{daemon}}}": "1x60",
            f"gamelift_streams_up{{{target}}}": "0x60",
            f"gamelift_streams_sweep_live_interval_seconds{{{target}}}": "60x60",
            f"gamelift_streams_sweep_full_interval_seconds{{{target}}}": "3600x60",
            f'gamelift_streams_sweeps_total{{{target},kind="live"}}': "0+1x60",
            f'gamelift_streams_sweep_failures_total{{{target},kind="live",reason="connection"}}': "0+1x60",
            f'gamelift_streams_api_requests_total{{{target},operation="GetStreamSession",code="connection"}}': "0+5x60",
        }, 60), {"PictureMissing", "SweepsFailing", "CallErrors"})

    def test_an_older_exporter_lacks_a_family(self):
        for file in CASES:
            fires = {alert: named["fires"] for alert, named in yaml.safe_load(file.read_text()).items()}
            fires.pop("IdleCapacity", None)  # as the other capacity alerts, at the price of a day
            tests = [test_of(alert, f"without {family}", {**case, "series": left, "expect": []})
                     for alert, case in fires.items() for family, left in self.without_one(case["series"])]
            with self.subTest(file.name):
                said = verdict(tests, group_of([alerts()[alert] for alert in fires]))
                self.assertNotRegex(said.replace("FAILED:", ""), BROKEN)

    def without_one(self, series):
        """(family, what is left without it) for each family of a case that has others."""
        for family in sorted({re.match(r"\w+", name)[0] for name in series}):
            left = {name: values for name, values in series.items() if re.match(r"\w+", name)[0] != family}
            if left:
                yield family, left


@unittest.skipUnless(PROMTOOL, "needs promtool of Debian's prometheus")
class Dashboards(unittest.TestCase):
    """Every query of every panel can be evaluated: no label of two daemons or targets gets in the way."""

    @classmethod
    def setUpClass(cls):
        cls.queries = sorted({query["expr"] for board in (ROOT / "deploy/grafana").glob("*.json")
                              for panel in json.loads(board.read_text())["panels"] for query in panel.get("targets", [])})

    def evaluated(self, series):
        """What promtool says of all queries; each is made a claim that holds whatever the answer is."""
        def claim(query):
            for name in ("job", "instance", "region", "target", "location", "stream_group"):
                query = query.replace(f"${name}", ".*")
            return f"vector(1) unless on () vector(1) or (({query.replace('$__rate_interval', '5m')}) * 0 > 1)"

        said = verdict([{"name": "panels", "interval": "1m", "input_series": series, "promql_expr_test": [
            {"expr": claim(query), "eval_time": "9m", "exp_samples": []} for query in self.queries]}], group_of([]))
        self.assertEqual(said, "")

    def days(self, names, without=frozenset()):
        few = NormalDays(1)
        few.minutes = 10
        made = []
        for one in few.input_series():
            if re.match(r"\w+", one["series"])[0] not in without:
                made += [{**one, "series": name(one["series"])} for name in names]
        return list({one["series"]: one for one in made}.values())

    def test_one_target(self):
        self.evaluated(self.days([str]))

    def test_fifty_targets_on_two_daemons(self):
        self.evaluated(self.days([
            lambda series, n=n: series.replace('target="t"', f'target="t{n}"').replace('"a:10131"', f'"{"ab"[n % 2]}:10131"')
            for n in FIFTY]))

    def test_one_target_watched_by_two_daemons(self):
        self.evaluated(self.days([str, lambda series: series.replace('"a:10131"', '"b:10131"')]))

    def test_families_that_are_missing(self):
        families = {re.match(r"\w+", one["series"])[0] for one in self.days([str])}
        for group in (families & {name for name in families if "sweep" in name or "stream_group" in name}, families - {"up"}):
            self.evaluated(self.days([str], without=group))

    def test_a_query_that_cannot_be_evaluated_is_noticed(self):
        self.queries = ["gamelift_streams_sessions + on (target) gamelift_streams_sessions"]
        with self.assertRaises(AssertionError):
            self.evaluated(self.days([str]))


if __name__ == "__main__":
    unittest.main()
