"""The package's scripts, called in every way that Debian policy (6.5 to 6.8) names, beside programs that
only write down how they were called."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

DEBIAN = pathlib.Path(__file__).resolve().parents[2] / "deploy/debian"
SERVICE = "gamelift-streams-exporter.service"
SOCKET = "gamelift-streams-exporter.socket"
STATE = "var/lib/private/gamelift-streams-exporter/state.sqlite"
LINK = "var/lib/gamelift-streams-exporter"
CREDENTIALS = "etc/gamelift-streams-exporter/credentials"

# Answers as deb-systemd-helper does: a unit is unknown until update-state, and was-enabled speaks of what the
# package did before, which for a unit that it never saw is yes (with --quiet the second word).
HELPER = """
case $* in
"--quiet was-enabled "*service) [ ! -e "$STORE/disabled" ] ;;
"--quiet was-enabled "*socket) [ -e "$STORE/socket-enabled" ] ;;
"debian-installed "*) [ -e "$STORE/known" ] ;;
"update-state "*socket) : >"$STORE/known" ;;
esac
"""

RELOAD = "systemctl --system daemon-reload"
ENABLE = [f"deb-systemd-helper unmask {SERVICE}", f"deb-systemd-helper --quiet was-enabled {SERVICE}",
          f"deb-systemd-helper enable {SERVICE}"]
NEW_SOCKET = [f"deb-systemd-helper debian-installed {SOCKET}", f"deb-systemd-helper update-state {SOCKET}"]
OLD_SOCKET = [NEW_SOCKET[0], f"deb-systemd-helper unmask {SOCKET}",
              f"deb-systemd-helper --quiet was-enabled {SOCKET}", NEW_SOCKET[1]]
STOP = f"deb-systemd-invoke stop {SOCKET} {SERVICE}"
PURGE = f"deb-systemd-helper purge {SOCKET} {SERVICE}"


def invoke(action):
    return [RELOAD, f"deb-systemd-invoke {action} {SERVICE}"]


class Scripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gls-scripts-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.programs = self.root / "programs"
        self.programs.mkdir()
        for name in ("rm", "chmod"):
            (self.programs / name).symlink_to(shutil.which(name))
        for name in ("systemctl", "deb-systemd-helper", "deb-systemd-invoke", "invoke-rc.d", "update-rc.d",
                     "service", "adduser", "deluser", "dpkg-statoverride"):
            self.program(name, HELPER if name == "deb-systemd-helper" else "")
        (self.root / "run/systemd/system").mkdir(parents=True)
        for path in (STATE, CREDENTIALS, "etc/default/gamelift-streams-exporter"):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).touch(mode=0o644)
        (self.root / LINK).symlink_to("private/gamelift-streams-exporter")

    def program(self, name, body):
        path = self.programs / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"$STORE/calls"\n{body}\n')
        path.chmod(0o755)

    def call(self, script, *words, dpkg_root=""):
        """What a script called; it has to succeed and to say nothing."""
        text = (DEBIAN / script).read_text()
        # Never this machine's own, even where a script forgets DPKG_ROOT.
        text = text.replace("/run/systemd", f"{self.root}/run/systemd")
        for folder in () if dpkg_root else ("/etc/gamelift", "/var/lib/"):
            text = text.replace(folder, f"{self.root}{folder}")
        calls = self.root / "calls"
        calls.write_text("")
        done = subprocess.run(["/bin/sh", "-s", "--", *words], input=text, capture_output=True, text=True, check=False,
                              env={"PATH": str(self.programs), "STORE": str(self.root), "DPKG_ROOT": dpkg_root})
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""), (script, words))
        return calls.read_text().splitlines()

    def mode(self):
        return (self.root / CREDENTIALS).stat().st_mode & 0o777

    def test_first_install(self):
        self.assertEqual(self.call("postinst", "configure", ""), ENABLE + NEW_SOCKET + invoke("start"))
        self.assertEqual(self.mode(), 0o600)
        self.assertEqual(self.call("postinst", "configure"), ENABLE + OLD_SOCKET + invoke("start"), "a second time")

    def test_upgrade(self):
        self.call("postinst", "configure", "")
        self.assertEqual(self.call("prerm", "upgrade", "2"), [])
        self.assertEqual(self.call("postrm", "upgrade", "2"), [])
        for _ in range(2):
            self.assertEqual(self.call("postinst", "configure", "1"), ENABLE + OLD_SOCKET + invoke("restart"))

    def test_upgrade_keeps_the_administrators_mode_and_bears_a_file_that_is_gone(self):
        (self.root / CREDENTIALS).chmod(0o640)
        self.call("postinst", "configure", "1")
        self.assertEqual(self.mode(), 0o640)
        (self.root / CREDENTIALS).unlink()
        self.call("postinst", "configure", "1")
        self.call("postinst", "configure", "")

    def test_a_service_that_was_disabled_stays_so(self):
        (self.root / "disabled").touch()
        self.assertEqual(self.call("postinst", "configure", "1"),
                         ENABLE[:2] + [f"deb-systemd-helper update-state {SERVICE}"] + NEW_SOCKET + invoke("restart"))

    def test_a_socket_that_was_enabled_stays_so(self):
        self.call("postinst", "configure", "")
        (self.root / "socket-enabled").touch()
        self.assertIn(f"deb-systemd-helper enable {SOCKET}", self.call("postinst", "configure", "1"))

    def test_what_did_not_happen_is_undone(self):
        self.call("postinst", "configure", "")
        for words, action in ((("abort-upgrade", "2"), "restart"), (("abort-remove",), "start"),
                              (("abort-remove", "in-favour", "other", "1"), "restart"),
                              (("abort-deconfigure", "in-favour", "other", "1"), "restart")):
            self.assertEqual(self.call("postinst", *words), ENABLE + OLD_SOCKET + invoke(action), words)

    def test_remove_stops_both_units_and_keeps_what_is_the_administrators(self):
        for words in (("remove",), ("remove", "in-favour", "other", "1")):
            self.assertEqual(self.call("prerm", *words), [STOP])
        for _ in range(2):
            self.assertEqual(self.call("postrm", "remove"), [RELOAD])
        self.assertEqual(self.left(), (True, True, True))

    def left(self):
        return ((self.root / STATE).exists(), os.path.lexists(self.root / LINK), (self.root / CREDENTIALS).exists())

    def test_the_other_ways_do_nothing(self):
        for script, words in (("prerm", "upgrade 2"), ("prerm", "failed-upgrade 1 2"),
                              ("prerm", "deconfigure in-favour other 1 removing third 1"), ("postrm", "upgrade 2"),
                              ("postrm", "failed-upgrade 1 2"), ("postrm", "abort-install"),
                              ("postrm", "abort-install 1 2"), ("postrm", "abort-upgrade 1 2"),
                              ("postrm", "disappear other 1"), ("postinst", "triggered name")):
            with self.subTest(script, words=words):
                self.assertEqual(self.call(script, *words.split()), [])
                self.assertEqual(self.left(), (True, True, True))
        self.assertEqual(self.mode(), 0o644)

    def test_purge_takes_the_state(self):
        self.assertEqual(self.call("postrm", "purge"), [PURGE])
        # The settings are conffiles: dpkg's own to remove.
        self.assertEqual(self.left(), (False, False, True))
        self.assertEqual(self.call("postrm", "purge"), [PURGE], "a second time")

    def test_purge_takes_the_state_of_a_service_without_dynamic_user(self):
        (self.root / LINK).unlink()
        (self.root / LINK).mkdir()
        (self.root / LINK / "state.sqlite").touch()
        self.call("postrm", "purge")
        self.assertEqual(self.left(), (False, False, True))

    def test_purge_has_only_what_is_essential(self):
        for name in self.programs.iterdir():
            if name.name not in ("rm", "chmod"):
                name.unlink()
        self.assertEqual(self.call("postrm", "purge"), [])
        self.assertEqual(self.left(), (False, False, True))

    def test_a_machine_without_systemd_is_enabled_and_not_started(self):
        (self.root / "run/systemd/system").rmdir()
        self.assertEqual(self.call("postinst", "configure", ""), ENABLE + NEW_SOCKET)
        self.assertEqual(self.call("prerm", "remove"), [])
        self.assertEqual(self.call("postrm", "remove"), [])

    def test_a_systemd_that_refuses_does_not_break_the_installation(self):
        for name in ("systemctl", "deb-systemd-invoke"):
            self.program(name, "exit 1")
        self.assertEqual(self.call("postinst", "configure", ""), ENABLE + NEW_SOCKET + invoke("start"))
        self.assertEqual(self.call("prerm", "remove"), [STOP])
        self.assertEqual(self.call("postrm", "remove"), [RELOAD])

    def test_another_root_does_not_touch_this_one(self):
        root = str(self.root)
        self.assertEqual(self.call("postinst", "configure", "", dpkg_root=root), ENABLE + NEW_SOCKET)
        self.assertEqual(self.mode(), 0o600)
        self.assertEqual(self.call("prerm", "remove", dpkg_root=root), [])
        self.assertEqual(self.call("postrm", "remove", dpkg_root=root), [])
        self.assertEqual(self.call("postrm", "purge", dpkg_root=root), [PURGE])
        self.assertEqual(self.left(), (False, False, True))


if __name__ == "__main__":
    unittest.main()
