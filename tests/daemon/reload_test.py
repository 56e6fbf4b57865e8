"""SIGHUP and POST /-/reload: targets added, removed and changed, settings taken up, bad files refused."""

import signal
import unittest

from rig import KEYS, Exporter, Simulator, http, wait_for


def settings_of(url, *targets, **metrics):
    """`targets`: (name, extra keys)."""
    lines = "".join(f"  - {{name: {name}, region: us-west-2, endpoint_url: '{url}'{extra}}}\n"
                    for name, extra in targets)
    metrics = "".join(f"  {key}: {value}\n" for key, value in metrics.items())
    return (f"targets:\n{lines}sweep: {{live_interval: 1h, full_interval: 2h, stale_after: 5h}}\n"
            f"api: {{requests_per_second: 20, burst: 100}}\n" + (f"metrics:\n{metrics}" if metrics else ""))


class Reload(unittest.TestCase):
    def setUp(self):
        self.simulator = self.enterContext(Simulator(sessions=150, live=20))

    def serve(self, *targets):
        exporter = self.enterContext(Exporter.serving(
            "--web.enable-lifecycle", settings=settings_of(self.simulator.url, *targets), environment=KEYS))
        self.settle(exporter, *(name for name, _ in targets))
        return exporter

    def settle(self, exporter, *names):
        """The scrape that first shows full pictures of these targets and of no other."""
        def settled():
            metrics = exporter.scrape()
            shown = {dict(key)["target"] for key in metrics.families["gamelift_streams_up"]}
            full = all(metrics.value("last_successful_sweep_timestamp_seconds", target=name, kind="full")
                       for name in names)
            return metrics if shown == set(names) and full else None
        return wait_for(f"targets {names}", settled)

    def rewrite(self, exporter, text):
        with open(exporter.settings_path, "w", encoding="utf-8") as file:
            file.write(text)

    def reload(self, exporter, *targets, **metrics):
        self.rewrite(exporter, settings_of(self.simulator.url, *targets, **metrics))
        status, text = http(f"{exporter.url}/-/reload", "POST")
        self.assertEqual(status, 200, text)

    def test_targets_come_and_go_and_the_others_keep_their_picture(self):
        exporter = self.serve(("stays", ""), ("goes", ""))
        before = exporter.scrape()
        calls = self.simulator.control("calls")["total"]
        self.reload(exporter, ("stays", ""), ("comes", ""))
        after = self.settle(exporter, "stays", "comes")
        for family in ("snapshot_timestamp_seconds", "tracked_sessions"):
            self.assertEqual(after.value(family, target="stays"), before.value(family, target="stays"))
        self.assertEqual(after.value("sweeps_total", target="stays", kind="full"), 1)
        self.assertNotIn('target="goes"', after.text)
        self.assertEqual(after.value("tracked_sessions", target="comes"), 150)
        # Only the new target asked AWS anything: its two pages, the live chains, and no second look of others.
        self.assertLess(self.simulator.control("calls")["total"] - calls, 30)
        self.assertEqual(http(f"{exporter.url}/-/ready")[0], 200)
        self.assertEqual(after.value("exporter_config_last_reload_successful"), 1)

    def test_a_changed_target_begins_anew_with_its_new_labels(self):
        exporter = self.serve(("t", ""))
        self.reload(exporter, ("t", ", labels: {team: blue}"))
        metrics = wait_for("the label", lambda: (m := exporter.scrape()).value(
            "tracked_sessions", target="t", team="blue") == 150 and m)
        self.assertEqual(metrics.rows("tracked_sessions", "target", "team"), {("t", "blue"): 150})
        self.assertEqual(metrics.rows("up", "target", "team"), {("t", "blue"): 1})

    def test_a_target_changed_or_renamed_keeps_what_it_has_spent_of_its_budget(self):
        def budgeted(name, extra):
            return settings_of(self.simulator.url, (name, extra)).replace("burst: 100", "burst: 100, requests_per_day: 500")

        exporter = self.enterContext(Exporter.serving(
            "--web.enable-lifecycle", settings=budgeted("t", ""), environment=KEYS))
        self.settle(exporter, "t")
        for name, extra in (("t", ", labels: {team: a}"), ("renamed", "")):
            self.rewrite(exporter, budgeted(name, extra))
            self.assertEqual(http(f"{exporter.url}/-/reload", "POST")[0], 200)
            self.settle(exporter, name)

        def nothing_given_back():  # a call that a reload has cut short counts too, sent or not
            seen_by_aws = self.simulator.control("calls")["total"]
            return exporter.scrape().value("api_budget_remaining_requests", target="renamed") <= 500 - seen_by_aws
        wait_for("a budget that the calls of all three were taken from", nothing_given_back)

    def test_sighup_reloads_and_breakdowns_go(self):
        exporter = self.serve(("t", ""))
        self.assertIn("stream_group_sessions", exporter.scrape().text)
        self.rewrite(exporter, settings_of(self.simulator.url, ("t", ""), breakdowns="[status_reason]"))
        exporter.signal(signal.SIGHUP)
        wait_for("the breakdown to go", lambda: "stream_group_sessions" not in exporter.scrape().text)
        self.assertIn("msg=reloaded", exporter.text("err"))

    def test_a_bad_file_changes_nothing_and_says_so(self):
        exporter = self.serve(("t", ""))
        before = exporter.scrape()
        self.rewrite(exporter, "targets:\n  - {name: t, regoin: us-west-2}\nsweep: 3\n")
        status, text = http(f"{exporter.url}/-/reload", "PUT")
        self.assertEqual(status, 500)
        self.assertRegex(text, r":2:\d+: .*regoin")
        self.assertRegex(text, r":3:\d+: ")
        after = exporter.scrape()
        self.assertEqual(after.value("exporter_config_last_reload_successful"), 0)
        self.assertEqual(after.families["gamelift_streams_sessions"], before.families["gamelift_streams_sessions"])
        self.reload(exporter, ("t", ", role_arn: 'arn:aws:iam::111122223333:role/monitor', external_id: hush-hush"))
        self.assertEqual(exporter.scrape().value("exporter_config_last_reload_successful"), 1)
        status, text = http(f"{exporter.url}/config")
        self.assertEqual(status, 200)
        self.assertIn("role_arn: arn:aws:iam::111122223333:role/monitor", text)
        self.assertNotIn("hush-hush", text)

    def test_stops_in_order_while_a_reload_waits_for_a_target_to_end(self):
        exporter = self.serve(("t", ""))
        self.simulator.faults({"kind": "hang"})
        for name in ("u", "v", "w"):
            self.reload(exporter, (name, ""))
        self.assertEqual(exporter.stop(), 0)
        self.assertNotIn("level=error", exporter.text("err"))
        self.assertNotIn("polling_cut_off", exporter.text("err"))  # no target has begun meanwhile


if __name__ == "__main__":
    unittest.main()
