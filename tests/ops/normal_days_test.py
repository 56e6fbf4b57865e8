"""On days when nothing is wrong no alert fires, neither for anybody nor for a minute. GLS_DAYS=7 makes it a week."""

import os
import unittest

from normal_days import DAY, NormalDays
from promtool import PROMTOOL, RULES, groups_of, verdict

DAYS = int(os.environ.get("GLS_DAYS", 1))


@unittest.skipUnless(PROMTOOL, "needs promtool of Debian's prometheus")
class Normal(unittest.TestCase):
    def fired(self, days):
        """What promtool says against the claim that nothing has fired."""
        test = {"name": "normal days", "interval": "1m", "input_series": days.input_series(), "promql_expr_test": [{
            "eval_time": f"{days.minutes - 1}m",
            "expr": f'sum by (alertname) (count_over_time(ALERTS{{alertstate="firing"}}[{days.minutes}m]))',
            "exp_samples": [],
        }]}
        rules = [rule for group in groups_of(RULES[0]) for rule in group["rules"]]
        return verdict([test], {"name": "alerts", "rules": rules})

    def test_no_alert_fires(self):
        self.assertEqual(self.fired(NormalDays(DAYS)), "")

    def test_too_little_capacity_would_be_noticed(self):
        self.assertIn("GameLiftStreamsCapacityExhausted", self.fired(NormalDays(1, capacity_factor=0.7)))

    def test_the_days_have_what_days_have(self):
        days = NormalDays(1)
        self.assertEqual(days.minutes, DAY)
        up = [value for series, values in days.series.items() if series.startswith("up{") for value in values.values()]
        self.assertEqual((len(up), up.count(0)), (DAY, 6))


if __name__ == "__main__":
    unittest.main()
