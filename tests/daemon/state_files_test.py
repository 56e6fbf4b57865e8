"""State files that are damaged, locked, not writable, full or taken away: refused and left alone at the start,
lived without later."""

import os
import resource
import shutil
import time
import unittest

from rig import KEYS, Exporter, Simulator, wait_for
from lifecycle_test import swept_since, truth_of
from state_test import FLEET, Kept, lifecycle_of

# Root may write where nobody may; without these rights it is a user like any other.
AS_A_USER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


class StateFiles(Kept):
    def refused(self, path, *words, user=()):
        """A daemon that does not start, and says so."""
        with Exporter("--web.listen-address", "127.0.0.1:0", environment={**KEYS, "AWS_REGION": "us-west-2"},
                      settings=f"state:\n  path: {path}\n", wrapper=user) as exporter:
            self.assertEqual(exporter.wait(), 2, exporter.text("err"))
            for word in (path, *words):
                self.assertIn(word, exporter.text("err"))

    def files(self):
        """What lies in the folder; at least the state file."""
        contents = {}
        for name in os.listdir(self.folder):
            with open(f"{self.folder}/{name}", "rb") as file:
                contents[name] = file.read()
        self.assertIn("state.db", contents)
        return contents


class BadFiles(StateFiles):
    def test_refused_and_left_alone(self):
        with Simulator(**FLEET) as simulator, self.serving(simulator) as exporter:
            swept_since(exporter, 0)
            self.refused(self.path, "another process has it open")
            self.assertEqual(exporter.stop(), 0)
        with open(self.path, "rb") as file:
            good = file.read()
        for what, spoil, words in (
            ("damaged", lambda data: data[:6000] + b"\xa5" * 3000 + data[9000:], ["restore a copy"]),
            ("cut short", lambda data: data[:len(data) // 2], ["restore a copy"]),
            ("no database", lambda _: b"x" * 5000, ["restore a copy"]),
            ("newer", lambda data: data[:60] + (99).to_bytes(4, "big") + data[64:], ["version 99 is newer"]),
        ):
            with self.subTest(what):
                with open(self.path, "wb") as file:
                    file.write(spoil(good))
                self.refused(self.path, *words)
                with open(self.path, "rb") as file:
                    self.assertEqual(file.read(), spoil(good))
        self.refused(f"{self.folder}/no/such/folder.db", "folder must exist")
        self.refused(self.folder)

    def test_full_disk_goes_on_in_memory_and_makes_up_for_it(self):
        with Simulator(**FLEET) as simulator, self.serving(simulator) as exporter:
            swept_since(exporter, 0)
            pid = exporter.child.pid
            before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            largest = max(os.path.getsize(f"{self.folder}/{name}") for name in os.listdir(self.folder))
            # No file of the process may grow: the log's neither, which must not end it.
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (largest - largest % 4096, before[1]))
            simulator.advance(120)

            def not_writable():
                metrics = exporter.scrape()
                return metrics.value("state_writable", target="t") == 0 and metrics

            wait_for("a write that fails", not_writable)
            metrics = swept_since(exporter, time.time())
            self.assertEqual(metrics.value("up", target="t"), 1, "the picture does not suffer")
            self.assertEqual(lifecycle_of(metrics), truth_of(simulator))
            simulator.advance(30)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
            wait_for("a write that succeeds", lambda: exporter.scrape().value("state_writable", target="t") == 1)
            swept_since(exporter, time.time())
            exporter.kill()
            self.assertEqual(exporter.text("err").count("msg=state_not_written"), 1)
            with self.serving(simulator) as exporter:
                self.settle(simulator, exporter)

    def test_once_neither_reads_nor_writes_it(self):
        with Simulator(**FLEET) as simulator, \
                Exporter("--once", settings=self.settings(simulator.url), environment=KEYS) as exporter:
            self.assertEqual(exporter.wait(), 0, exporter.text("err"))
            self.assertNotIn("state_writable", exporter.text("out"))
        self.assertFalse(os.path.exists(self.path))


class NotWritable(StateFiles):
    def test_refused_and_left_alone(self):
        with Simulator(**FLEET) as simulator, self.serving(simulator) as exporter:
            swept_since(exporter, 0)
            exporter.kill()  # its -wal stays
        before = self.files()
        self.assertIn("state.db-wal", before)
        for name, mode in (("state.db", 0o444), ("state.db", 0), ("state.db-wal", 0o444), ("state.db-wal", 0)):
            with self.subTest(name=name, mode=oct(mode)):
                os.chmod(f"{self.folder}/{name}", mode)
                self.refused(self.path, "must be writable for this user", user=AS_A_USER)
                os.chmod(f"{self.folder}/{name}", 0o644)
                self.assertEqual(self.files(), before)
        with Simulator(**FLEET) as simulator, self.serving(simulator) as exporter:
            self.assertEqual(exporter.stop(), 0)  # nothing was wrong with it; its -wal goes
        before = self.files()
        self.assertEqual(list(before), ["state.db"])
        os.chmod(self.folder, 0o555)
        self.refused(self.path, "must be writable for this user", user=AS_A_USER)
        self.refused(f"{self.folder}/new.db", "must be writable for this user", user=AS_A_USER)
        os.chmod(self.folder, 0o755)
        self.assertEqual(self.files(), before)

    def test_below_a_file_and_where_nobody_can_make_one(self):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("a file")
        self.refused(f"{self.path}/state.db", "its folder must exist")
        self.refused("/proc/state.db", "its folder must exist")

    def test_a_folder_that_is_closed_later_does_no_harm(self):
        with Simulator(**FLEET) as simulator:
            with self.serving(simulator, wrapper=AS_A_USER) as exporter:
                swept_since(exporter, 0)
                os.chmod(self.folder, 0o555)
                simulator.advance(60)
                metrics = swept_since(exporter, time.time())
                self.assertEqual(metrics.value("state_writable", target="t"), 1)
                exporter.kill()
            os.chmod(self.folder, 0o755)
            with self.serving(simulator) as exporter:
                self.settle(simulator, exporter)

    def test_a_folder_that_is_taken_away_is_said_and_lived_without(self):
        with Simulator(**FLEET) as simulator, self.serving(simulator) as exporter:
            swept_since(exporter, 0)
            shutil.rmtree(self.folder)
            wait_for("a write that fails", lambda: exporter.scrape().value("state_writable", target="t") == 0)
            simulator.advance(60)
            self.settle(simulator, exporter)
            self.assertEqual(exporter.scrape().value("up", target="t"), 1)
            self.assertIn("moved or removed while in use", exporter.text("err"))
            self.assertEqual(exporter.stop(), 0)
            self.assertFalse(os.path.exists(self.folder))


if __name__ == "__main__":
    unittest.main()
