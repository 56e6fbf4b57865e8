"""How the daemon starts, serves, stops and refuses to start: exit codes, signals, --once, promtool."""

import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from rig import KEYS, Exporter, Metrics, Simulator, http, quick_settings, wait_for


def ready(exporter):
    return wait_for("readiness", lambda: http(f"{exporter.url}/-/ready")[0] == 200)


class Start(unittest.TestCase):
    def test_serves_from_the_environment_alone(self):
        with Simulator(sessions=50, live=5) as simulator, \
                Exporter.serving(environment=simulator.environment()) as exporter:
            ready(exporter)
            self.assertEqual(http(f"{exporter.url}/-/healthy")[0], 200)
            metrics = wait_for("a full sweep", lambda: (m := exporter.scrape()).value(
                "last_successful_sweep_timestamp_seconds", kind="full") and m)
            self.assertEqual(metrics.value("up", target="us-west-2", region="us-west-2"), 1)
            self.assertEqual(metrics.value("target_info", account_id="111122223333"), 1)
            self.assertIn("msg=started", exporter.text("err"))
            self.assertEqual(exporter.stop(), 0)
            self.assertEqual(exporter.text("out"), "")

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_promtool_has_nothing_to_say(self):
        with Simulator(sessions=500, live=50) as simulator, \
                Exporter.serving(environment=simulator.environment()) as exporter:
            def whole():
                metrics = exporter.scrape()
                return metrics if metrics.value("last_successful_sweep_timestamp_seconds", kind="full") else None
            for text in (exporter.scrape().text, wait_for("a full sweep", whole).text):
                found = subprocess.run(["promtool", "check", "metrics"], input=text, text=True,
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
                self.assertEqual((found.returncode, found.stdout), (0, ""))

    def test_not_ready_before_the_first_sweep_has_ended(self):
        with Simulator() as simulator:
            simulator.faults({"kind": "hang"})
            settings = quick_settings(simulator.url, timeout="3s")
            with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                self.assertEqual(http(f"{exporter.url}/-/ready")[0], 503)
                self.assertEqual(http(f"{exporter.url}/-/healthy")[0], 200)
                ready(exporter)
                self.assertEqual(exporter.scrape().value("up", target="t"), 0)

    def test_an_address_in_use_is_named_and_ends_with_2(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            with Exporter("--web.listen-address", address, environment=KEYS) as exporter:
                self.assertEqual(exporter.wait(), 2)
                self.assertIn(address, exporter.text("err"))

    def test_bad_flags_and_settings_end_with_1(self):
        for words in (["--no.such.flag"], ["--web.listen-address=nowhere:port"], ["--config.file=/no/such/file"]):
            with self.subTest(words=words), Exporter(*words) as exporter:
                self.assertEqual(exporter.wait(), 1)
                self.assertNotEqual(exporter.text("err"), "")
        with Exporter(settings="sweep:\n  live_interval: often\napi:\n  burst: -1\n  bursts: 2\n") as exporter:
            self.assertEqual(exporter.wait(), 1)
            errors = exporter.text("err")
            for place in (".yml:2:", ".yml:4:", ".yml:5:"):
                self.assertIn(place, errors)

    def test_check_and_print(self):
        good = quick_settings("http://127.0.0.1:1")
        with Exporter("--config.check", settings=good) as exporter:
            self.assertEqual(exporter.wait(), 0)
            for size in ("100", "10000", "1000000"):
                self.assertRegex(exporter.text("out"), rf"(?m)^ *{size} ")
            for words in ("20 %, 10 %, 1 % of the listed are live", "80 % CONNECTED", "2 % of the sessions that end"):
                self.assertIn(words, exporter.text("out"))
        with Exporter("--config.check", settings="sweep: 3\n") as exporter:
            self.assertEqual(exporter.wait(), 1)
        with tempfile.TemporaryDirectory() as folder:
            web = f"{folder}/web.yml"
            with open(web, "w", encoding="utf-8") as file:
                file.write("rate_limit:\n  burst: many\ncolour: red\n")
            with Exporter("--config.check", f"--web.config.file={web}", settings="sweep: 3\n") as exporter:
                self.assertEqual(exporter.wait(), 1)
                for place in (".yml:1:", f"{web}:2:", f"{web}:3:"):
                    self.assertIn(place, exporter.text("err"))
            with open(web, "w", encoding="utf-8") as file:
                file.write("tls_server_config:\n  cert_file: absent.pem\n  key_file: absent.key\n")
            with Exporter("--config.check", f"--web.config.file={web}", settings=good) as exporter:
                self.assertEqual(exporter.wait(), 1)
                for place, name in ((f"{web}:2:14: ", "absent.pem"), (f"{web}:3:13: ", "absent.key")):
                    self.assertRegex(exporter.text("err"), f"{re.escape(place)}.*{re.escape(name)}")
            with open(web, "w", encoding="utf-8") as file:
                file.write("rate_limit:\n  burst: 3\n  interval: 1s\n")
            with Exporter("--config.check", f"--web.config.file={web}", settings=good) as exporter:
                self.assertEqual(exporter.wait(), 0, exporter.text("err"))
                self.assertIn("web configuration is good", exporter.text("out"))
        with Exporter("--config.print", settings=good) as exporter:
            self.assertEqual(exporter.wait(), 0)
            self.assertIn("live_interval: 1s", exporter.text("out"))
        for flag in ("--help", "--version"):
            with Exporter(flag) as exporter:
                self.assertEqual(exporter.wait(), 0)
                self.assertNotEqual(exporter.text("out"), "")


class Once(unittest.TestCase):
    def test_prints_the_picture_and_ends_with_0(self):
        with Simulator(sessions=250, live=30) as simulator, \
                Exporter("--once", environment=simulator.environment()) as exporter:
            self.assertEqual(exporter.wait(), 0)
            metrics = Metrics(exporter.text("out"))
            truth = simulator.truth()["sessions"]
            self.assertEqual(metrics.rows("sessions", "status", "location"),
                             {(row["status"], row["location"]): row["count"] for row in truth})

    def test_a_target_that_failed_is_left_out_and_ends_with_1(self):
        with Simulator(sessions=20, live=2) as simulator:
            settings = (f"targets:\n  - {{name: good, region: us-west-2, endpoint_url: '{simulator.url}'}}\n"
                        "  - {name: bad, region: us-west-2, endpoint_url: 'http://127.0.0.1:1'}\n"
                        "api:\n  max_attempts: 1\n")
            with Exporter("--once", settings=settings, environment=KEYS) as exporter:
                self.assertEqual(exporter.wait(), 1)
                families = Metrics(exporter.text("out")).families
                self.assertIn("gamelift_streams_sessions", families)
                targets = {dict(key).get("target") for series in families.values() for key in series}
                self.assertEqual(targets, {"good", None})  # nothing of the other, be it of its calls
                self.assertIn("target=bad", exporter.text("err"))


class Stop(unittest.TestCase):
    def test_in_order_within_five_seconds_even_while_the_server_never_answers(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=number), Simulator() as simulator:
                simulator.faults({"kind": "hang"})
                with Exporter.serving(environment=simulator.environment()) as exporter:
                    wait_for("a call under way", lambda: simulator.control("calls")["total"] > 0)
                    begun = time.monotonic()
                    exporter.signal(number)
                    self.assertEqual(exporter.wait(), 0)
                    self.assertLess(time.monotonic() - begun, 5)  # the contract's own figure
                    self.assertIn("msg=stopped", exporter.text("err"))
                    self.assertNotIn("level=error", exporter.text("err"))

    def test_a_signal_during_the_start_is_acted_upon_after_it(self):
        with Simulator() as simulator, tempfile.TemporaryDirectory() as folder:
            settings = quick_settings(simulator.url) + f"state:\n  path: {folder}/state.db\n"
            for number in (signal.SIGTERM, signal.SIGHUP):
                with self.subTest(signal=number), Exporter("--web.listen-address", "127.0.0.1:0", settings=settings,
                                                           environment=KEYS) as exporter:
                    wait_for("the first line", lambda: "msg=listening" in exporter.text("err"), every=0)
                    exporter.signal(number)
                    if number == signal.SIGHUP:
                        wait_for("the reload", lambda: "msg=reloaded" in exporter.text("err"))
                        exporter.signal(signal.SIGTERM)
                    self.assertEqual(exporter.wait(), 0)
                    self.assertIn("msg=stopped", exporter.text("err"))

    def test_a_second_signal_ends_at_once(self):
        with Simulator() as simulator:
            simulator.faults({"kind": "hang"})
            with Exporter.serving(environment=simulator.environment()) as exporter, socket.socket() as scraper:
                # A scrape that is being sent and never read keeps the first signal's stop waiting.
                host, port = exporter.url.removeprefix("http://").split(":")
                scraper.connect((host, int(port)))
                scraper.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n")
                wait_for("a call under way", lambda: simulator.control("calls")["total"] > 0)
                exporter.signal(signal.SIGTERM)
                exporter.signal(signal.SIGINT)
                self.assertIn(exporter.wait(), (0, 3))  # 0: it had ended in order by then

    def test_quit_and_reload_only_where_allowed(self):
        with Simulator() as simulator, Exporter.serving(environment=simulator.environment()) as exporter:
            self.assertEqual(http(f"{exporter.url}/-/quit", "POST")[0], 403)
            self.assertEqual(http(f"{exporter.url}/-/reload", "POST")[0], 403)
            self.assertEqual(exporter.stop(), 0)
        with Simulator() as simulator, \
                Exporter.serving("--web.enable-lifecycle", environment=simulator.environment()) as exporter:
            self.assertEqual(http(f"{exporter.url}/-/reload", "POST")[0], 200)
            self.assertEqual(http(f"{exporter.url}/-/quit", "POST")[0], 200)
            self.assertEqual(exporter.wait(), 0)


if __name__ == "__main__":
    unittest.main()
