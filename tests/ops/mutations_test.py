"""Every limit of every alert is held by a case: each rule is changed a little, one change at a time, and its
own cases must notice. A change that no case can notice is listed with its reason.

Takes minutes, so it runs only with GLS_MUTATIONS=1; with GLS_MUTATIONS=list it prints each verdict."""

import concurrent.futures
import copy
import os
import re
import unittest

import yaml

from promtool import CASES, PROMTOOL, alerts, test_of, verdict

# What may go unnoticed, and why: (alert, change).
UNNOTICED = {
    ("SweepsFailing", "second number 2 is 2.2"): "counts are whole",
    ("InventoryFailing", "first number 6 is 6.6"): "counts are whole",
}

COMPARISON = re.compile(r"(?<![=!<>~])(==|!=|>=|<=|>|<)(?![=~])")
CLOSE = {">": ">=", ">=": ">", "<": "<=", "<=": "<", "==": "!=", "!=": "=="}
ORDER = ("first", "second", "third", "fourth", "fifth")


def changes(rule):
    """(what is changed, the changed rule)"""
    bare = re.sub(r"\{[^}]*\}", lambda found: " " * len(found[0]), rule["expr"])
    for number, found in enumerate(COMPARISON.finditer(bare)):
        other = CLOSE[found[1]]
        yield f"{ORDER[number]} {found[1]} is {other}", changed(rule, found.span(1), other)
    for number, found in enumerate(re.finditer(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.\]])", bare)):
        for factor in (0.9, 1.1):
            value = float(found[0]) * factor
            if value and found[0] not in ("86400", "1"):
                yield f"{ORDER[number]} number {found[0]} is {value:g}", changed(rule, found.span(), f"{value:g}")
    for number, found in enumerate(re.finditer(r"\b(and|or|unless)\b", bare)):
        for other in {"and", "or", "unless"} - {found[1]}:
            yield f"{ORDER[number]} {found[1]} is {other}", changed(rule, found.span(), other)
    for window in sorted(set(re.findall(r"(?:\[|offset )(\d+[mhd])", bare))):
        yield f"{window} is 1m", {**rule, "expr": re.sub(rf"(\[|offset ){window}", r"\g<1>1m", rule["expr"])}
    wait = re.fullmatch(r"(\d+)([smhd])", rule["for"])
    if wait[1] != "0":
        yield "waits for nothing", {**rule, "for": "0s"}
        yield "waits twice as long", {**rule, "for": f"{2 * int(wait[1])}{wait[2]}"}


def changed(rule, span, text):
    expr = rule["expr"]
    return {**rule, "expr": expr[:span[0]] + text + expr[span[1]:]}


@unittest.skipUnless(PROMTOOL, "needs promtool of Debian's prometheus")
@unittest.skipUnless(os.environ.get("GLS_MUTATIONS"), "takes minutes: set GLS_MUTATIONS=1")
class Mutations(unittest.TestCase):
    def test_are_noticed(self):
        cases = {alert: named for file in CASES for alert, named in yaml.safe_load(file.read_text()).items()}
        tests = {alert: [test_of(alert, name, case) for name, case in named.items()] for alert, named in cases.items()}
        made = [(alert, what, rule) for alert, whole in alerts().items() for what, rule in changes(copy.deepcopy(whole))]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            noticed = list(pool.map(lambda one: verdict(tests[one[0]], {"name": "alone", "rules": [one[2]]}) != "", made))
        self.assertGreater(len(made), 150)
        for (alert, what, _), seen in zip(made, noticed):
            if os.environ.get("GLS_MUTATIONS") == "list":
                print(f"{'noticed' if seen else 'UNNOTICED':10}{alert}: {what}")
            with self.subTest(f"{alert}: {what}"):
                self.assertEqual(seen, (alert, what) not in UNNOTICED)


if __name__ == "__main__":
    unittest.main()
