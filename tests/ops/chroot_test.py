"""The package in a Debian of its own: installed by apt with what it depends on, upgraded, removed, purged.
Nothing is started there: it has no init system, and policy-rc.d says no. Only with GLS_CHROOT=1."""

import pathlib
import re
import shutil
import tempfile
import unittest

from package import NAME, built, debian, needs_a_debian, run

ENABLED = f"etc/systemd/system/multi-user.target.wants/{NAME}.service"


@needs_a_debian
class Chroot(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gls-chroot-")
        self.addCleanup(folder.cleanup)
        self.package = built(pathlib.Path(folder.name, "package"))
        self.root = pathlib.Path(folder.name, "debian")
        debian(self.root)
        policy = self.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        self.settings = self.root / "etc/gamelift-streams-exporter/exporter.yml"
        self.credentials = self.settings.with_name("credentials")
        self.state = self.root / "var/lib/private/gamelift-streams-exporter/state.sqlite"

    def inside(self, *words):
        done = run("chroot", self.root, *words, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
                                                     "DEBIAN_FRONTEND": "noninteractive"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def newer(self):
        """The same package with a later version."""
        tree = self.root.parent / "tree"
        self.assertEqual(run("dpkg-deb", "--raw-extract", self.package, tree).returncode, 0)
        control = tree / "DEBIAN/control"
        control.write_text(re.sub(r"(?m)^(Version: .*)$", r"\1+1", control.read_text()))
        made = run("dpkg-deb", "--build", "--root-owner-group", tree, self.root / "tmp/newer.deb")
        self.assertEqual(made.returncode, 0, made.stderr)

    def files(self):
        """What is there, without apt's and dpkg's books and the libraries that came along."""
        found = run("find", self.root, "-xdev", "-name", "*game*lift*", "-not", "-path", "*/var/lib/dpkg/*",
                    "-not", "-path", f"{self.root}/tmp/*").stdout.splitlines()
        return sorted(str(pathlib.Path(path).relative_to(self.root)) for path in found)

    def test_installs_runs_upgrades_and_purges(self):
        before = self.files()
        shutil.copy(self.package, self.root / "tmp/first.deb")
        self.inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", "/tmp/first.deb")
        self.assertIn("the settings are good", self.check())
        self.assertTrue((self.root / ENABLED).is_symlink())
        self.assertFalse(list((self.root / "etc/systemd/system").glob("sockets.target.wants/*")))
        self.assertEqual(self.credentials.stat().st_mode & 0o777, 0o600)

        # The administrator's: settings, who may read the keys, the service disabled; the daemon's: state.
        self.settings.write_text("# mine\n" + self.settings.read_text())
        self.credentials.chmod(0o640)
        (self.root / ENABLED).unlink()  # what systemctl disable does
        self.state.parent.mkdir(parents=True)
        self.state.touch()
        self.newer()
        self.inside("dpkg", "--install", "/tmp/newer.deb")
        self.assertTrue(self.inside("dpkg-query", "-W", "-f", "${Version} ${Status}", NAME)
                        .endswith("+1 install ok installed"))
        self.kept()

        self.inside("dpkg", "--remove", NAME)
        self.assertFalse((self.root / "usr/bin/gamelift_streams_exporter").exists())
        self.kept()
        self.inside("dpkg", "--install", "/tmp/newer.deb")
        self.kept()
        self.inside("dpkg", "--purge", NAME)
        self.assertEqual(self.files(), before)

    def check(self):
        return self.inside("gamelift_streams_exporter", "--config.check",
                           "--config.file=/etc/gamelift-streams-exporter/exporter.yml")

    def kept(self):
        self.assertTrue(self.settings.read_text().startswith("# mine\n"))
        self.assertEqual(self.credentials.stat().st_mode & 0o777, 0o640)
        self.assertFalse((self.root / ENABLED).is_symlink(), "enabled again")
        self.assertTrue(self.state.exists())


if __name__ == "__main__":
    unittest.main()
