"""The Debian package of a release build, for the tests that look at it or install it."""

import os
import pathlib
import shutil
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("GLS_BUILD", ROOT / "build/release"))
NAME = "gamelift-streams-exporter"


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **more)


def built(folder):
    """The package, made in a folder; skips where it cannot be, or would not be what users get."""
    for program in ("cpack", "dpkg-deb", "dpkg-shlibdeps"):
        if not shutil.which(program):
            raise unittest.SkipTest(f"{program} is not installed")
    if "CMAKE_BUILD_TYPE:STRING=Release" not in (BUILD / "CMakeCache.txt").read_text():
        raise unittest.SkipTest("the package is made of the release build alone")
    made = run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder)
    assert made.returncode == 0, made.stdout + made.stderr
    (package,) = pathlib.Path(folder).glob("*.deb")
    return package


def debian(root):
    """A Debian 12 in a folder, from where this machine's own apt gets its packages."""
    listed = run("apt-get", "indextargets", "--format", "$(SITE) $(CODENAME) $(COMPONENT)").stdout
    sites = [line.split()[0] for line in listed.splitlines() if line.split()[1:] == ["bookworm", "main"]]
    if not sites:
        raise unittest.SkipTest("this machine's apt knows no bookworm")
    # Its /proc and /sys go with the namespace, whatever happens: nothing mounted is ever cleaned up.
    made = run("unshare", "--mount", "debootstrap", "--variant=minbase", "bookworm", root, sites[0])
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr


def needs_a_debian(case):
    """Of a test that fetches about 100 MB, from the mirror of the machine's own apt."""
    case = unittest.skipUnless(os.geteuid() == 0 and shutil.which("debootstrap"), "needs root and debootstrap")(case)
    return unittest.skipUnless(os.environ.get("GLS_CHROOT"), "fetches a Debian; set GLS_CHROOT=1")(case)
