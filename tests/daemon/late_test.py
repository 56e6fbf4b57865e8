"""What the daemon needs but is not there when it starts: a region that only instance metadata tells, and
keys that are put right in their file. Neither needs a restart."""

import http.server
import os
import signal
import threading
import unittest

from rig import KEYS, Exporter, Simulator, http as ask, wait_for

SWEEP = "sweep: {live_interval: 1s, full_interval: 2s, stale_after: 1h}\ninventory: {interval: 0}\n"


class Metadata(http.server.ThreadingHTTPServer):
    """Instance metadata that takes connections, and says nothing until it `speaks`."""

    daemon_threads = True

    def __init__(self):
        self.speaks = threading.Event()
        super().__init__(("127.0.0.1", 0), self.Answers)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    class Answers(http.server.BaseHTTPRequestHandler):
        def answer(self):
            if not self.server.speaks.is_set():
                self.server.speaks.wait(3)  # longer than the daemon does
                return
            told = {"/latest/api/token": "a-token", "/latest/meta-data/placement/region": "us-west-2"}
            body = told.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body or "")))
            self.end_headers()
            self.wfile.write((body or "").encode())

        do_GET = do_PUT = answer

        def log_message(self, *_):
            pass


class Late(unittest.TestCase):
    def test_a_region_that_metadata_tells_late_and_not_again(self):
        metadata = Metadata()
        self.addCleanup(metadata.server_close)
        self.addCleanup(metadata.shutdown)
        simulator = self.enterContext(Simulator(sessions=60, live=20))
        environment = {**KEYS, "AWS_ENDPOINT_URL": simulator.url, "AWS_EC2_METADATA_DISABLED": "false",
                       "AWS_EC2_METADATA_SERVICE_ENDPOINT": metadata.url}
        exporter = self.enterContext(Exporter.serving(settings=SWEEP, environment=environment))

        def sweeps(target):
            return exporter.scrape().value("sweeps_total", target=target, kind="full") or 0

        wait_for("sweeps that fail", lambda: (exporter.scrape().value("sweeps_total", target="default", kind="live") or 0) > 1)
        self.assertIn("no region is set", exporter.text("err"))
        metadata.speaks.set()
        wait_for("the region's name", lambda: exporter.scrape().value("up", target="us-west-2", region="us-west-2"))
        self.assertIsNone(exporter.scrape().value("up", target="default"))

        metadata.speaks.clear()
        before = sweeps("us-west-2")
        exporter.signal(signal.SIGHUP)
        wait_for("the reload", lambda: "msg=reloaded" in exporter.text("err") or '"reloaded"' in exporter.text("err"))
        wait_for("sweeps after it", lambda: sweeps("us-west-2") > before + 6)
        self.assertEqual(exporter.scrape().value("up", target="us-west-2", region="us-west-2"), 1)
        self.assertIsNone(exporter.scrape().value("up", target="default"))
        self.assertEqual(ask(f"{exporter.url}/-/ready")[0], 200)

    def test_keys_that_are_put_right_in_their_file(self):
        simulator = self.enterContext(Simulator(sessions=60, live=20))
        path = os.path.join(simulator.folder, "credentials")

        def write(secret):
            with open(path + ".new", "w", encoding="utf-8") as file:
                file.write(f"[default]\naws_access_key_id = {KEYS['AWS_ACCESS_KEY_ID']}\naws_secret_access_key = {secret}\n")
            os.replace(path + ".new", path)

        write("SECRET-MARKER-of-yesterday")
        environment = {"AWS_REGION": "us-west-2", "AWS_ENDPOINT_URL": simulator.url, "AWS_SHARED_CREDENTIALS_FILE": path}
        exporter = self.enterContext(Exporter.serving(settings=SWEEP, environment=environment))
        wait_for("refusals", lambda: exporter.scrape().rows("sweep_failures_total", "reason").get(("denied",)))
        write(KEYS["AWS_SECRET_ACCESS_KEY"])
        wait_for("a good picture", lambda: exporter.scrape().value("up", target="us-west-2"))
        self.assertNotIn("SECRET-MARKER", exporter.text("err"))


if __name__ == "__main__":
    unittest.main()
