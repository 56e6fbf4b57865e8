"""The Debian package and the systemd units, judged by Debian's own tools."""

import os
import pathlib
import re
import shutil
import tempfile
import unittest

from package import ROOT, built, run

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "systemd/gamelift-streams-exporter.service"


def needs(program):
    return unittest.skipUnless(shutil.which(program), f"{program} is not installed")


class Package(unittest.TestCase):
    """Built once; only the release build is what users get."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="gls-package-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.package = built(cls.folder.name)

    def field(self, name):
        return run("dpkg-deb", "--field", self.package, name).stdout.strip()

    def test_has_what_users_look_for(self):
        listed = run("dpkg-deb", "--contents", self.package).stdout
        for path in ("usr/bin/gamelift_streams_exporter", "etc/gamelift-streams-exporter/exporter.yml",
                     "etc/default/gamelift-streams-exporter", "usr/share/man/man1/gamelift_streams_exporter.1.gz",
                     "lib/systemd/system/gamelift-streams-exporter.service",
                     "lib/systemd/system/gamelift-streams-exporter.socket"):
            self.assertRegex(listed, rf" \./{re.escape(path)}\n")
        self.assertNotIn("simulator", listed)

    def test_is_small(self):
        self.assertLess(int(self.field("Installed-Size")), 15 * 1024)  # KiB

    @needs("lintian")
    def test_lintian_is_silent(self):
        found = run("lintian", "--allow-root", "--fail-on", "error,warning", self.package)
        self.assertEqual((found.returncode, found.stdout), (0, ""), found.stderr)

    @unittest.skipUnless(os.geteuid() == 0, "dpkg needs root")
    def test_installs_upgrades_and_purges(self):
        with tempfile.TemporaryDirectory(prefix="gls-root-") as root:
            dpkg = ["dpkg", f"--root={root}", "--force-depends", "--force-script-chrootless", f"--log={root}/log"]
            for folder in ("var/lib/dpkg/updates", "var/lib/dpkg/info"):
                pathlib.Path(root, folder).mkdir(parents=True)
            for file in ("status", "available"):
                pathlib.Path(root, "var/lib/dpkg", file).touch()
            settings = pathlib.Path(root, "etc/gamelift-streams-exporter/exporter.yml")
            steps = [("--install", self.package), ("--install", self.package), ("--remove", "gamelift-streams-exporter"),
                     ("--purge", "gamelift-streams-exporter")]
            for number, (action, what) in enumerate(steps):
                done = run(*dpkg, action, what)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                links = sorted(pathlib.Path(root, "etc/systemd/system").glob("*.wants/*"))
                self.assertEqual([str(link.relative_to(root)) for link in links], [] if number == 3 else [
                    "etc/systemd/system/multi-user.target.wants/gamelift-streams-exporter.service"])
                if number == 0:
                    settings.write_text("# changed by the administrator\n")
                elif number < 3:
                    self.assertEqual(settings.read_text(), "# changed by the administrator\n")
            self.assertFalse(settings.exists())
            self.assertFalse(pathlib.Path(root, "usr/bin/gamelift_streams_exporter").exists())


class Unit(unittest.TestCase):
    @needs("systemd-analyze")
    def test_exposure_is_low(self):
        found = run("systemd-analyze", "security", "--offline=true", "--threshold=15", UNIT)
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)

    @needs("systemd-analyze")
    def test_verify_is_silent(self):
        with tempfile.TemporaryDirectory(prefix="gls-unit-") as folder:
            # The program and its page are not where the unit will find them once installed.
            text = UNIT.read_text().replace("/usr/bin/gamelift_streams_exporter", shutil.which("true"))
            text = re.sub("(?m)^Documentation=.*$", "", text)
            unit = pathlib.Path(folder, UNIT.name)
            unit.write_text(text)
            socket = shutil.copy(UNIT.with_suffix(".socket"), folder)
            found = run("systemd-analyze", "verify", unit, socket)
            self.assertEqual((found.returncode, found.stdout + found.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
