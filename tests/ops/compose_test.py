"""The compose file leads somewhere: its keys, images, mounts and addresses."""

import pathlib
import unittest

import yaml

DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"


class Compose(unittest.TestCase):
    """What Compose would find out only when it starts: names and paths that lead nowhere."""
    FOLDER = DEPLOY / "compose"
    FILE = yaml.safe_load((FOLDER / "compose.yml").read_text())
    # Of the Compose specification, what the file uses; another word is a misspelling until it is added here.
    KEYS = {"image": str, "build": dict, "environment": (list, dict), "read_only": bool, "cap_drop": list,
            "security_opt": list, "ports": list, "volumes": list, "restart": str}

    def mounts(self, service):
        """Where each file or folder of the checkout is seen in the container."""
        parts = [volume.split(":") for volume in self.FILE["services"][service]["volumes"]]
        return {inside: self.FOLDER / outside for outside, inside, *_ in parts if outside.startswith(".")}

    def test_keys_are_known(self):
        self.assertEqual(set(self.FILE), {"services", "volumes"})
        for name, service in self.FILE["services"].items():
            for key, value in service.items():
                with self.subTest(f"{name}.{key}"):
                    self.assertIn(key, self.KEYS)
                    self.assertIsInstance(value, self.KEYS[key])

    def test_images_are_pinned_or_built(self):
        for name, service in self.FILE["services"].items():
            with self.subTest(name):
                if "build" in service:
                    context = self.FOLDER / service["build"]["context"]
                    self.assertTrue((context / service["build"]["dockerfile"]).is_file())
                else:
                    self.assertRegex(service["image"], r":v?\d+\.\d+\.\d+$")

    def test_mounts_exist_and_ports_are_on_loopback(self):
        for name, service in self.FILE["services"].items():
            for volume in service.get("volumes", []):
                with self.subTest(f"{name} {volume}"):
                    outside, _, *mode = volume.split(":")
                    if outside.startswith("."):
                        self.assertTrue((self.FOLDER / outside).exists())
                        self.assertEqual(mode, ["ro"])
                    else:
                        self.assertIn(outside, self.FILE["volumes"])
            for port in service["ports"]:
                self.assertRegex(port, r"^127\.0\.0\.1:(\d+):\1$")

    def test_services_find_each_other(self):
        settings = yaml.safe_load((self.FOLDER / "prometheus.yml").read_text())
        configs = [one for job in settings["scrape_configs"] + settings["alerting"]["alertmanagers"]
                   for one in job["static_configs"]]
        source = yaml.safe_load((self.FOLDER / "grafana/datasources.yml").read_text())["datasources"][0]["url"]
        for address in [target for one in configs for target in one["targets"]] + [source.removeprefix("http://")]:
            service, port = address.split(":")
            self.assertIn(f"127.0.0.1:{port}:{port}", self.FILE["services"][service]["ports"])
        for file in settings["rule_files"]:
            self.assertIn(f"/etc/prometheus/{file}", self.mounts("prometheus"))
        provider = yaml.safe_load((self.FOLDER / "grafana/dashboards.yml").read_text())["providers"][0]
        self.assertTrue(list(self.mounts("grafana")[provider["options"]["path"]].glob("*.json")))


if __name__ == "__main__":
    unittest.main()
