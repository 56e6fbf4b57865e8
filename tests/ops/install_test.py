"""The Debian package and the systemd unit, judged by Debian's own tools, and the role's templates."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
BUILD = pathlib.Path(os.environ.get("GLS_BUILD", ROOT / "build/release"))
UNIT = DEPLOY / "systemd/gamelift-streams-exporter.service"
RELEASE = "CMAKE_BUILD_TYPE:STRING=Release" in (BUILD / "CMakeCache.txt").read_text()


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **more)


def needs(program):
    return unittest.skipUnless(shutil.which(program), f"{program} is not installed")


class Package(unittest.TestCase):
    """Built once; only the release build is what users get."""

    @classmethod
    def setUpClass(cls):
        for program in ("cpack", "dpkg-deb", "dpkg-shlibdeps"):
            if not shutil.which(program):
                raise unittest.SkipTest(f"{program} is not installed")
        if not RELEASE:
            raise unittest.SkipTest("the package is made of the release build alone")
        cls.folder = tempfile.TemporaryDirectory(prefix="gls-package-")
        made = run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder.name)
        assert made.returncode == 0, made.stdout + made.stderr
        (cls.package,) = pathlib.Path(cls.folder.name).glob("*.deb")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def field(self, name):
        return run("dpkg-deb", "--field", self.package, name).stdout.strip()

    def test_has_what_users_look_for(self):
        listed = run("dpkg-deb", "--contents", self.package).stdout
        for path in ("usr/bin/gamelift_streams_exporter", "etc/gamelift-streams-exporter/exporter.yml",
                     "etc/default/gamelift-streams-exporter", "usr/share/man/man1/gamelift_streams_exporter.1.gz",
                     "lib/systemd/system/gamelift-streams-exporter.service"):
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
            # The scripts act on the machine itself when they are not in a chroot, so they stay out here.
            bare = self.without_scripts(root)
            settings = pathlib.Path(root, "etc/gamelift-streams-exporter/exporter.yml")
            steps = [("--install", bare), ("--install", bare), ("--remove", "gamelift-streams-exporter"),
                     ("--purge", "gamelift-streams-exporter")]
            for number, (action, what) in enumerate(steps):
                done = run(*dpkg, action, what)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                if number == 0:
                    settings.write_text("# changed by the administrator\n")
                elif number < 3:
                    self.assertEqual(settings.read_text(), "# changed by the administrator\n")
            self.assertFalse(settings.exists())
            self.assertFalse(pathlib.Path(root, "usr/bin/gamelift_streams_exporter").exists())

    def without_scripts(self, folder):
        tree = pathlib.Path(folder, "tree")
        run("dpkg-deb", "--raw-extract", self.package, tree)
        for script in ("postinst", "prerm", "postrm"):
            run("sh", "-n", tree / "DEBIAN" / script).check_returncode()
            (tree / "DEBIAN" / script).unlink()
        bare = pathlib.Path(folder, "bare.deb")
        run("dpkg-deb", "--build", "--root-owner-group", tree, bare).check_returncode()
        shutil.rmtree(tree)
        return bare


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
            found = run("systemd-analyze", "verify", unit)
            self.assertEqual((found.returncode, found.stdout + found.stderr), (0, ""))


class Role(unittest.TestCase):
    POLICY = json.loads((DEPLOY / "iam-policy.json").read_text())

    def test_cloudformation_has_the_policy(self):
        template = yaml.safe_load((DEPLOY / "iam/role.yml").read_text())
        (policy,) = template["Resources"]["ExporterRole"]["Properties"]["Policies"]
        self.assertEqual(policy["PolicyDocument"], self.POLICY)

    def test_terraform_reads_the_policy(self):
        text = (DEPLOY / "iam/role.tf").read_text()
        (path,) = re.findall(r'policy = file\("\$\{path\.module\}/([^"]+)"\)', text)
        self.assertEqual(json.loads((DEPLOY / "iam" / path).read_text()), self.POLICY)

    def test_readme_shows_the_policy(self):
        shown = re.search(r"```json\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[1]
        self.assertEqual(json.loads(shown), self.POLICY)

    @needs("terraform")
    def test_terraform_is_formatted(self):
        self.assertEqual(run("terraform", "fmt", "-check", DEPLOY / "iam").returncode, 0)


if __name__ == "__main__":
    unittest.main()
