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
