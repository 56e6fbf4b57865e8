"""The image of deploy/container, built by buildah without a daemon and without a registry: its base is a
Debian of debootstrap, and the package stands where the build stage would leave it. Only with GLS_CHROOT=1."""

import json
import pathlib
import shutil
import tempfile
import unittest

from package import NAME, ROOT, built, debian, needs_a_debian, run

PROGRAM = "/usr/bin/gamelift_streams_exporter"
SETTINGS = f"/etc/{NAME}/exporter.yml"


@needs_a_debian
@unittest.skipUnless(shutil.which("buildah"), "buildah is not installed")
class Container(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="gls-container-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        context = cls.folder / "context"
        built(context / "package")
        debian(cls.folder / "debian")
        tar = run("tar", "-C", cls.folder / "debian", "-cf", context / "base.tar", ".")
        assert tar.returncode == 0, tar.stderr
        shutil.rmtree(cls.folder / "debian")
        cls.build("FROM scratch\nADD base.tar /\n", "debian:12-slim")
        (context / "base.tar").unlink()
        text = (ROOT / "deploy/container/Containerfile").read_text()
        build, image = text.split("FROM debian:12-slim\n")
        assert build.count("FROM ") == 1 and "-B /package" in build
        cls.build(f"FROM scratch AS build\nCOPY package/*.deb /package/\nFROM debian:12-slim\n{image}", NAME)
        cls.container = cls.buildah("from", "--pull-never", NAME).strip()
        cls.mounted = cls.buildah("mount", cls.container).strip()
        cls.addClassCleanup(cls.buildah, "umount", cls.container)

    @classmethod
    def buildah(cls, *words):
        done = run("buildah", "--storage-driver", "vfs", "--root", cls.folder / "store", "--runroot", cls.folder / "run",
                   *words)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        return done.stdout

    @classmethod
    def build(cls, text, tag):
        file = cls.folder / "Containerfile"
        file.write_text(text)
        cls.buildah("build", "--isolation", "chroot", "--pull-never", "-f", file, "-t", tag, cls.folder / "context")

    def test_says_how_it_is_run(self):
        config = json.loads(self.buildah("inspect", "--type", "image", NAME))["OCIv1"]["config"]
        self.assertEqual((config["User"], config["Entrypoint"]), ("65534:65534", [PROGRAM]))
        self.assertEqual(list(config["ExposedPorts"]), ["10131/tcp"])

    def test_runs_as_nobody(self):
        inside = ("run", "--isolation", "chroot", self.container, "--")
        self.assertEqual(self.buildah(*inside, "id", "-u"), "65534\n")
        self.assertIn("the settings are good", self.buildah(*inside, PROGRAM, "--config.check", f"--config.file={SETTINGS}"))

    def test_starts_and_ends_where_nothing_can_be_written(self):
        # The namespace ends with the program, and what is mounted in it too.
        done = run("unshare", "--mount", "sh", "-euc", """
            mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"
            ! touch "$0/written" 2>/dev/null
            timeout --preserve-status -k 20 3 chroot --userspec=65534:65534 "$0" "$@"
            """, self.mounted, PROGRAM, f"--config.file={SETTINGS}", "--web.listen-address=127.0.0.1:0",
                   env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "AWS_EC2_METADATA_DISABLED": "true"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_holds_no_leftovers(self):
        for folder in ("tmp", "var/lib/apt/lists"):
            self.assertEqual(list(pathlib.Path(self.mounted, folder).iterdir()), [], folder)


if __name__ == "__main__":
    unittest.main()
