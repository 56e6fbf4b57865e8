"""What is committed is what the mixin makes, and the tools of Prometheus take it."""

import filecmp
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from promtool import PROMTOOL, ROOT, RULES

DEPLOY = ROOT / "deploy"


class Generated(unittest.TestCase):
    @unittest.skipUnless(shutil.which("jsonnet"), "needs jsonnet")
    def test_is_up_to_date(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([DEPLOY / "mixin/generate.sh", folder], check=True)
            made = sorted(p.relative_to(folder) for p in pathlib.Path(folder).rglob("*") if p.is_file())
            for path in made:
                with self.subTest(str(path)):
                    self.assertTrue(filecmp.cmp(DEPLOY / path, pathlib.Path(folder, path), shallow=False),
                                    f"run deploy/mixin/generate.sh: {path} differs")

    @unittest.skipUnless(PROMTOOL, "needs promtool of Debian's prometheus")
    def test_rules_are_taken(self):
        subprocess.run([PROMTOOL, "check", "rules", *RULES], check=True, capture_output=True)

    @unittest.skipUnless(shutil.which("amtool"), "needs amtool of Debian's prometheus-alertmanager")
    def test_alertmanager_takes_its_sample(self):
        subprocess.run(["amtool", "check-config", DEPLOY / "prometheus/alertmanager.yml"], check=True,
                       capture_output=True)


if __name__ == "__main__":
    unittest.main()
