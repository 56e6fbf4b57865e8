"""The Kubernetes manifests, file by file and as kustomize renders them, held to typed schemas from npm."""

import copy
import functools
import ipaddress
import json
import pathlib
import re
import shutil
import subprocess
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFESTS = ROOT / "deploy/kubernetes"
RENDERED = ("base", "overlays/irsa", "overlays/pod-identity")
KINDS = ["ConfigMap", "Deployment", "Namespace", "NetworkPolicy", "PodDisruptionBudget", "PrometheusRule",
         "PrometheusRule", "Service", "ServiceAccount", "ServiceMonitor"]
CHECK = ROOT / "tests/kubernetes"
needs_kubectl = unittest.skipUnless(shutil.which("kubectl"), "kubectl is not installed; the files are checked as they are")


def problems(manifests):
    if not (CHECK / "node_modules/kubernetes-models").is_dir():
        raise AssertionError("the schemas are missing: run 'npm ci' in tests/kubernetes")
    done = subprocess.run(["node", CHECK / "check.mjs"], input=json.dumps(manifests), text=True,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


def documents(path):
    return list(yaml.safe_load_all(path.read_text()))


@functools.cache
def rendered(folder):
    done = subprocess.run(["kubectl", "kustomize", MANIFESTS / folder], text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return list(yaml.safe_load_all(done.stdout))


def one(manifests, kind):
    (found,) = [manifest for manifest in manifests if manifest["kind"] == kind]
    return found


def manifests_of_base():
    kustomization = yaml.safe_load((MANIFESTS / "base/kustomization.yaml").read_text())
    return [manifest for name in kustomization["resources"] for manifest in documents(MANIFESTS / "base" / name)]


class Manifests(unittest.TestCase):
    def assert_good(self, manifests):
        for manifest, found in zip(manifests, problems(manifests), strict=True):
            self.assertEqual(found, [], f"{manifest['kind']} {manifest['metadata']['name']}")

    def test_every_file_keeps_its_schema(self):
        kustomizations = sorted(MANIFESTS.rglob("kustomization.yaml"))
        self.assertEqual([str(path.parent.relative_to(MANIFESTS)) for path in kustomizations], list(RENDERED))
        named = {(path.parent / name).resolve() for path in kustomizations for content in documents(path)
                 for name in content["resources"] + [patch["path"] for patch in content.get("patches", [])]}
        files = set(MANIFESTS.rglob("*.yml")) - {MANIFESTS / "base/exporter.yml"}
        self.assertEqual({path for path in named if path.is_file()}, files, "each is named in a kustomization")
        self.assert_good([manifest for path in sorted(files) for manifest in documents(path)])

    @needs_kubectl
    def test_what_is_applied_keeps_its_schema(self):
        for folder in RENDERED:
            with self.subTest(folder):
                self.assertEqual(sorted(manifest["kind"] for manifest in rendered(folder)), KINDS)
                self.assert_good(rendered(folder))
                self.assertEqual({manifest["metadata"].get("namespace") for manifest in rendered(folder)
                                  if manifest["kind"] != "Namespace"}, {"gamelift-streams"})

    @needs_kubectl
    def test_irsa_names_the_role_and_nothing_else_differs(self):
        base, irsa = rendered("base"), copy.deepcopy(rendered("overlays/irsa"))
        self.assertEqual(rendered("overlays/pod-identity"), base)
        annotations = one(irsa, "ServiceAccount")["metadata"].pop("annotations")
        self.assertRegex(annotations["eks.amazonaws.com/role-arn"], r"^arn:aws:iam::\d{12}:role/")
        self.assertEqual(irsa, base)

    def test_rules_are_those_of_prometheus(self):
        for manifest in (one for one in manifests_of_base() if one["kind"] == "PrometheusRule"):
            name = manifest["metadata"]["name"].removeprefix("gamelift-streams-")
            (prometheus,) = documents(ROOT / f"deploy/prometheus/{name}.yml")
            self.assertEqual(manifest["spec"], prometheus, name)

    def test_parts_find_each_other(self):
        base = manifests_of_base()
        pod = one(base, "Deployment")["spec"]["template"]
        labels = pod["metadata"]["labels"]
        self.assertEqual(one(base, "Service")["spec"]["selector"], labels)
        for kind, path in (("Deployment", "selector"), ("PodDisruptionBudget", "selector"),
                           ("NetworkPolicy", "podSelector")):
            self.assertEqual(one(base, kind)["spec"][path]["matchLabels"], labels, kind)
        monitor = one(base, "ServiceMonitor")["spec"]
        self.assertEqual(monitor["selector"]["matchLabels"], one(base, "Service")["metadata"]["labels"])
        (port,) = one(base, "Service")["spec"]["ports"]
        self.assertEqual([endpoint["port"] for endpoint in monitor["endpoints"]], [port["name"]])
        (container,) = pod["spec"]["containers"]
        ports = {each["name"]: each["containerPort"] for each in container["ports"]}
        self.assertEqual(ports[port["targetPort"]], port["port"])
        for probe in ("livenessProbe", "readinessProbe"):
            self.assertIn(container[probe]["httpGet"]["port"], ports)
        self.assertEqual(pod["spec"]["serviceAccountName"], one(base, "ServiceAccount")["metadata"]["name"])
        self.assertIn(port["port"], [each["port"] for rule in one(base, "NetworkPolicy")["spec"]["ingress"]
                                     for each in rule["ports"]])

    def test_pods_may_ask_the_agents_that_the_daemon_knows(self):
        source = (ROOT / "daemon/aws/credentials/container_request.cpp").read_text()
        agents = {ipaddress.ip_network(address) for address in re.findall(r'string_view\{"([^"]+)"\}', source)}
        self.assertEqual({agent.version for agent in agents}, {4, 6})
        (named,) = [rule["to"] for rule in one(manifests_of_base(), "NetworkPolicy")["spec"]["egress"] if "to" in rule]
        self.assertEqual({ipaddress.ip_network(each["ipBlock"]["cidr"]) for each in named}, agents)


class Check(unittest.TestCase):
    """The check itself: whatever field of whatever manifest is misspelt, it says so."""

    def test_every_misspelt_field_is_found(self):
        spoilt, where = [], []
        for manifest in manifests_of_base():
            if manifest["kind"] == "PrometheusRule":  # the first rule stands for all
                manifest["spec"]["groups"] = manifest["spec"]["groups"][:1]
                manifest["spec"]["groups"][0]["rules"] = manifest["spec"]["groups"][0]["rules"][:1]
            for path in fields(manifest):
                other = copy.deepcopy(manifest)
                node = functools.reduce(lambda value, key: value[key], path[:-1], other)
                node[f"{path[-1]}s"] = node.pop(path[-1])
                spoilt.append(other)
                where.append((manifest["kind"], path))
        self.assertGreater(len(spoilt), 100)
        for place, found in zip(where, problems(spoilt), strict=True):
            self.assertNotEqual(found, [], place)

    def test_wrong_values_are_found(self):
        deployment = one(manifests_of_base(), "Deployment")
        for path, value in ((("replicas",), "one"), (("strategy", "type"), "Recreated"), (("template",), None),
                            (("template", "spec", "containers"), {})):
            other = copy.deepcopy(deployment)
            functools.reduce(lambda node, key: node[key], path[:-1], other["spec"])[path[-1]] = value
            self.assertNotEqual(problems([other]), [[]], path)


FREE = {"labels", "annotations", "matchLabels", "selector", "requests", "limits"}  # maps whose keys are ours


def fields(value, path=()):
    """Paths to every key that a schema names; apiVersion and kind choose the schema."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from fields(item, path + (index,))
    elif isinstance(value, dict):
        for key, item in value.items():
            if not path and key in ("apiVersion", "kind"):
                continue
            if not (path and path[-1] in FREE and (path[-1] != "selector" or "app.kubernetes.io/name" in value)):
                yield path + (key,)
            yield from fields(item, path + (key,))


if __name__ == "__main__":
    unittest.main()
