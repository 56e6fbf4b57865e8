"""The state file over restarts and kills: nothing is lost, nothing counted twice.

GLS_SOAK_KILLS=500 makes the soak a long one (12 kills otherwise); GLS_SOAK_SEED repeats one.
"""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
import unittest

from rig import KEYS, Exporter, Simulator, quick_settings, wait_for
from lifecycle_test import FAMILIES, swept_since, truth_of

FLEET = {"sessions": 300, "live": 60, "ending_per_minute": 40, "export_share": 0.3, "error_share": 0.2,
         "groups": 3, "locations": 3, "retention": 1_000_000}


def lifecycle_of(metrics):
    return {family: metrics.rows(family, *labels) for family, (_, labels) in FAMILIES.items()}


STATUSES = ("ACTIVATING", "ACTIVE", "CONNECTED", "PENDING_CLIENT_RECONNECTION", "RECONNECTING", "TERMINATING",
            "TERMINATED", "ERROR", "UNKNOWN")  # as the file numbers them

# An observer inside the file: it looks at every row before and after each commit, and what it writes down is
# committed or lost together with that commit.
OBSERVER = """
    CREATE TABLE observed(was INTEGER, is_now INTEGER) STRICT;
    CREATE TRIGGER observer BEFORE INSERT ON sessions BEGIN
        INSERT INTO observed SELECT before.status, after.status FROM sessions AS old
        JOIN cells AS before ON before.target = old.target AND before.id = old.cell
        JOIN cells AS after ON after.target = NEW.target AND after.id = NEW.cell
        WHERE old.target = NEW.target AND old.key = NEW.key AND before.status <> after.status;
    END;
"""


def total(metrics, family):
    return sum(metrics.rows(family, *FAMILIES[family][1]).values())


class Kept(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gls-state-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.path = f"{self.folder}/state.db"

    def settings(self, url, **sweep):
        return quick_settings(url, **sweep) + f"state:\n  path: {self.path}\n"

    def serving(self, simulator, wrapper=(), **sweep):
        return Exporter.serving(settings=self.settings(simulator.url, **sweep), environment=KEYS, wrapper=wrapper)

    def settle(self, simulator, exporter):
        """Counters of a full sweep that began after the fleet stood still, beside the truth."""
        simulator.control("clock", {"speed": 0})
        metrics = swept_since(exporter, time.time())
        truth = truth_of(simulator)
        self.assertEqual(lifecycle_of(metrics), truth)
        return truth


class Restarts(Kept):
    def test_the_picture_of_before_with_its_true_age_then_the_events_of_meanwhile(self):
        with Simulator(**FLEET) as simulator:
            with self.serving(simulator, strategy="live") as exporter:
                swept_since(exporter, 0)
                simulator.advance(60)
                before = swept_since(exporter, time.time())
                simulator.faults({"kind": "deny"})
                wait_for("a failed sweep", lambda: exporter.scrape().value("up", target="t") == 0)
                before = exporter.scrape()
                self.assertEqual(before.value("state_writable", target="t"), 1)
                self.assertEqual(exporter.stop(), 0)
            self.assertGreater(total(before, "sessions_started_total"), 10)
            with self.serving(simulator, strategy="live") as exporter:
                after = exporter.scrape()
                for family in ("sessions", "session_exports", "stream_group_sessions", "application_sessions",
                               "session_status_reasons", "oldest_session_created_timestamp_seconds",
                               "snapshot_timestamp_seconds", "tracked_sessions", "sessions_started_total",
                               "sessions_ended_total", "session_transitions_total",
                               "session_exports_finished_total", "session_duration_seconds_bucket",
                               "session_activation_duration_seconds_sum"):
                    family = "gamelift_streams_" + family
                    self.assertTrue(before.families[family], family)
                    self.assertEqual(after.families[family], before.families[family], family)
                simulator.advance(60)
                simulator.faults()
                self.settle(simulator, exporter)

    def test_a_target_that_leaves_and_comes_back_goes_on_where_it_was(self):
        with Simulator(**FLEET) as simulator, self.serving(simulator) as exporter:
            swept_since(exporter, 0)
            simulator.advance(30)
            swept_since(exporter, time.time())
            with open(exporter.settings_path, encoding="utf-8") as file:
                text = file.read()

            def reload(settings):
                with open(exporter.settings_path, "w", encoding="utf-8") as file:
                    file.write(settings)
                exporter.signal(signal.SIGHUP)

            reload(text.replace("name: t", "name: other"))
            wait_for("the other target", lambda: exporter.scrape().value("up", target="other"))
            self.assertIsNone(exporter.scrape().value("up", target="t"))
            simulator.advance(30)
            reload(text)
            wait_for("the first target", lambda: exporter.scrape().value("up", target="t"))
            self.settle(simulator, exporter)

    def test_the_budget_of_the_day_is_not_spent_twice(self):
        with Simulator(**FLEET) as simulator:
            settings = self.settings(simulator.url).replace("api:\n", "api:\n  requests_per_day: 100\n")
            left = []
            for _ in range(2):
                calls = simulator.control("calls")["total"]
                with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                    wait_for("a call", lambda: simulator.control("calls")["total"] > calls)
                    exporter.stop()
                with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                    left.append(exporter.scrape().value("api_budget_remaining_requests", target="t"))
                    exporter.kill()
            self.assertLess(left[1], left[0])
            self.assertLessEqual(left[1], 100 - 2, "two calls at least")
            with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                started = exporter.scrape().value("api_budget_remaining_requests", target="t")
                self.assertLessEqual(started, left[1])
                exporter.kill()
            with Exporter.serving(settings=settings, environment=KEYS) as exporter:
                self.assertLessEqual(exporter.scrape().value("api_budget_remaining_requests", target="t"), started)


class Kills(Kept):
    def test_counters_equal_the_truth_after_kills_at_random_instants(self):
        kills = int(os.environ.get("GLS_SOAK_KILLS", "12"))
        seed = int(os.environ.get("GLS_SOAK_SEED", "0")) or random.randrange(1, 1 << 32)
        chance = random.Random(seed)
        print(f"{kills} kills, seed {seed}")
        copies = 0
        with Simulator(**FLEET) as simulator:
            with self.serving(simulator, strategy="live") as exporter:
                swept_since(exporter, 0)
                exporter.kill()
            with contextlib.closing(sqlite3.connect(self.path)) as database:
                baseline = self.keys(database)
                database.executescript(OBSERVER)
            simulator.control("clock", {"speed": 10})
            for number in range(kills):
                with self.serving(simulator, strategy=chance.choice(["live", "full"])) as exporter:
                    time.sleep(chance.uniform(0, 2.5))
                    if number % 4 == 0:
                        self.copy_of_a_frozen_one(exporter, baseline)
                        copies += 1
                    exporter.kill()
            with self.serving(simulator, strategy="live") as exporter:
                truth = self.settle(simulator, exporter)
                moves = exporter.scrape().rows("session_transitions_total", "from", "to")
                self.assertEqual(exporter.stop(), 0)
            with contextlib.closing(sqlite3.connect(self.path)) as database:
                self.assertEqual(moves, self.observed(database))
        self.assertGreater(sum(moves.values()), kills)
        events = {family: int(sum(rows.values())) for family, rows in truth.items()}
        print(f"{kills} kills, {copies} copies of frozen ones, equal to the truth: {events}; {int(sum(moves.values()))} moves as observed")
        self.assertGreater(events["sessions_ended_total"], kills)

    def observed(self, database):
        rows = database.execute("SELECT was, is_now, count(*) FROM observed GROUP BY was, is_now")
        return {(STATUSES[was], STATUSES[is_now]): count for was, is_now, count in rows}

    def keys(self, database):
        return {key for key, in database.execute("SELECT key FROM sessions")}

    def copy_of_a_frozen_one(self, exporter, baseline):
        """As after a power loss: the files at one instant, opened elsewhere."""
        exporter.signal(signal.SIGSTOP)
        try:
            for name in ("state.db", "state.db-wal"):
                if os.path.exists(f"{self.folder}/{name}"):
                    shutil.copy(f"{self.folder}/{name}", f"{self.folder}/copy-{name}")
        finally:
            exporter.signal(signal.SIGCONT)
        copy = sqlite3.connect(f"{self.folder}/copy-state.db")
        try:
            self.assertEqual(copy.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            # Table and counters tell of one moment: each session beyond the baseline has its start.
            started = copy.execute("SELECT total(value) FROM counters WHERE series >> 60 = 0").fetchone()[0]
            self.assertEqual(len(self.keys(copy) - baseline), started)
        finally:
            copy.close()
            for name in ("state.db", "state.db-wal", "state.db-shm"):
                if os.path.exists(f"{self.folder}/copy-{name}"):
                    os.unlink(f"{self.folder}/copy-{name}")


if __name__ == "__main__":
    unittest.main()
