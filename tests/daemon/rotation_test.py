"""Keys that live for seconds, from every host that hands them out, in one daemon: it goes on without one
failed call, because it renews them ahead of their end. The simulator checks each signature against the
key that it was made with, and refuses keys that have run out.

By default a few rotations; GLS_ROTATION_SECONDS=300 makes it the long run, with figures at its end."""

import os
import time
import unittest

from rig import Exporter, Simulator, wait_for

LONG = float(os.environ.get("GLS_ROTATION_SECONDS", "0"))
LIFE = 20 if LONG else 12  # seconds; keys are renewed once two thirds of it have passed
ROTATIONS = 3
ROLE = "arn:aws:iam::111122223333:role/{}"


def settings(url):
    """Each target comes by its keys in a way of its own; profile `instance` lives in the config file."""
    targets = [
        ("container", ""),
        ("role", f", role_arn: '{ROLE.format('monitor')}'"),
        ("instance", ", profile: instance"),
    ]
    lines = "".join(f"  - {{name: {name}, region: us-west-2, endpoint_url: '{url}'{more}}}\n" for name, more in targets)
    return (f"targets:\n{lines}sweep: {{live_interval: 1s, full_interval: 5s, stale_after: 1h}}\n"
            f"api: {{requests_per_second: 20, burst: 100, max_attempts: 2}}\ninventory: {{interval: 0}}\n")


class Rotation(unittest.TestCase):
    def setUp(self):
        self.simulator = self.enterContext(Simulator(sessions=60, live=20, credential_ttl=LIFE))
        environment = {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{self.simulator.url}/container/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "SECRET-MARKER-container-token",
            "AWS_EC2_METADATA_DISABLED": "false",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": self.simulator.url,
            "AWS_ENDPOINT_URL_STS": self.simulator.url,
            "AWS_CONFIG_FILE": self.config(),
        }
        self.exporter = self.enterContext(Exporter.serving(settings=settings(self.simulator.url), environment=environment))

    def config(self):
        path = f"{self.simulator.folder}/config"
        with open(path, "w", encoding="utf-8") as file:
            file.write("[profile instance]\ncredential_source = Ec2InstanceMetadata\n"
                       f"role_arn = {ROLE.format('instance')}\n")
        return path

    def rotate(self, enough):
        """{target: ends of its keys that were seen}, once there are enough of them."""
        ends = {"container": set(), "role": set(), "instance": set()}

        def seen():
            for (target, _), end in self.exporter.scrape().rows("credentials_expiry_timestamp_seconds", "target", "source").items():
                ends[target].add(end)
            return enough(ends)

        wait_for("keys that rotate", seen, patience=max(600, 3 * LONG), every=0.5)
        return ends

    def test_keys_rotate_without_one_failed_call(self):
        begun = time.monotonic()
        if LONG:
            ends = self.rotate(lambda _: time.monotonic() - begun >= LONG)
        else:
            ends = self.rotate(lambda seen: all(len(one) > ROTATIONS for one in seen.values()))
        metrics = self.exporter.scrape()
        calls = {one["operation"]: one for one in self.simulator.control("calls")["operations"]}

        # Neither side knows of a call that failed, was tried again, or was signed with old keys.
        self.assertEqual({code for _, code in metrics.rows("api_requests_total", "operation", "code")}, {"200"})
        self.assertEqual(metrics.rows("api_retries_total", "operation", "reason"), {})
        self.assertEqual(metrics.rows("sweep_failures_total", "target", "reason"), {})
        self.assertEqual({name: one for name, one in calls.items() if one["refused"] or one["throttled"]}, {})
        log = self.exporter.text("err")
        for event in ("credentials_refused_as_expired", "credentials_refresh_failed", "imds_credentials_extended",
                      "credentials_look_expired"):
            self.assertNotIn(event, log)
        for target in ends:
            self.assertEqual(metrics.value("up", target=target), 1)

        # And rotated they were: each host was asked more than once, and by one hand, though two targets
        # stand on the container's keys.
        for operation in ("ContainerCredentials", "ImdsCredentials", "AssumeRole"):
            self.assertGreater(calls[operation]["ok"], 1, operation)
        self.assertEqual(calls["ImdsToken"]["ok"], 1)  # good for six hours
        self.assertLessEqual(calls["ContainerCredentials"]["ok"], calls["ImdsCredentials"]["ok"] + 2)
        self.assertNotIn("SECRET-MARKER", log)
        if LONG:
            self.assertGreaterEqual(min(len(one) for one in ends.values()), LONG / LIFE - 1)
            listed = calls["ListStreamSessionsByAccount"]["ok"]
            print(f"\n{LONG:.0f} s, keys of {LIFE} s: {listed} list calls, none failed; ends of keys seen: "
                  f"{ {name: len(one) for name, one in ends.items()} }; calls to hosts: "
                  f"{ {name: calls[name]['ok'] for name in ('ContainerCredentials', 'ImdsCredentials', 'AssumeRole')} }")


if __name__ == "__main__":
    unittest.main()
