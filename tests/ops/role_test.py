"""The role's templates: in every way of trust the policy is deploy/iam-policy.json, and who may assume the
role is what deploy/iam/trust says."""

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
IAM = ROOT / "deploy/iam"
POLICY = json.loads((ROOT / "deploy/iam-policy.json").read_text())
ISSUER = "oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
VALUES = {"OidcProvider": ISSUER, "OidcProviderArn": f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}",
          "ServiceAccount": "gamelift-streams:gamelift-streams-exporter"}
WAYS = ("ec2", "ecs", "irsa", "pod-identity")


def filled(name):
    text = (IAM / f"trust/{name}.json").read_text()
    return json.loads(re.sub(r"\$\{(\w+)\}", lambda found: VALUES[found[1]], text))


class Template:
    """As much of CloudFormation as the role's template uses, and nothing more: another function raises."""

    def __init__(self, **given):
        self.content = yaml.safe_load((IAM / "role.yml").read_text())
        self.values = {name: each.get("Default") for name, each in self.content["Parameters"].items()} | given
        self.values |= {"AWS::Partition": "aws", "AWS::AccountId": "111122223333", "AWS::NoValue": None}

    def resolve(self, value):
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, of),) = value.items()
            if name == "Ref":
                return self.values[of]
            if name.startswith("Fn::"):
                return getattr(self, name[4:].lower() + "_")(of)
        resolved = {key: self.resolve(item) for key, item in value.items()}
        return {key: item for key, item in resolved.items() if item is not None}

    def if_(self, of):
        return self.resolve(of[1] if self.holds(of[0]) else of[2])

    def equals_(self, of):
        first, second = self.resolve(of)
        return first == second

    def not_(self, of):
        (condition,) = self.resolve(of)
        return not condition

    def sub_(self, of):
        text, more = of if isinstance(of, list) else (of, {})
        values = self.values | self.resolve(more)
        return re.sub(r"\$\{([\w:]+)\}", lambda found: values[found[1]], text)

    def holds(self, condition):
        return self.resolve(self.content["Conditions"][condition])

    def role(self):
        return self.content["Resources"]["ExporterRole"]["Properties"]

    def trust(self):
        found = self.resolve(self.role()["AssumeRolePolicyDocument"])
        return json.loads(found) if isinstance(found, str) else found

    def refused(self):
        """What the rules say against these values."""
        return [each["AssertDescription"] for rule in self.content["Rules"].values()
                if self.resolve(rule["RuleCondition"]) for each in rule["Assertions"] if not self.resolve(each["Assert"])]


class Policy(unittest.TestCase):
    def test_allows_what_the_daemon_calls_and_nothing_else(self):
        sources = " ".join(path.read_text() for path in (ROOT / "daemon/streams").glob("*.cpp"))
        calls = set(re.findall(r'"((?:List|Get)[A-Z]\w+)"', sources))
        self.assertIn("ListStreamSessionsByAccount", calls)
        (statement,) = POLICY["Statement"]
        self.assertEqual(sorted(statement["Action"]), sorted(f"gameliftstreams:{call}" for call in calls))


class Trust(unittest.TestCase):
    def test_irsa_is_for_one_service_account_of_one_cluster(self):
        (statement,) = filled("irsa")["Statement"]
        self.assertEqual(statement, {
            "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"},
            "Condition": {"StringEquals": {
                f"{ISSUER}:aud": "sts.amazonaws.com",
                f"{ISSUER}:sub": "system:serviceaccount:gamelift-streams:gamelift-streams-exporter"}}})

    def test_services(self):
        for name, service, actions in (("ec2", "ec2.amazonaws.com", "sts:AssumeRole"),
                                       ("ecs", "ecs-tasks.amazonaws.com", "sts:AssumeRole"),
                                       ("pod-identity", "pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"])):
            self.assertEqual(filled(name), {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Principal": {"Service": service}, "Action": actions}]})

    def test_the_service_account_is_that_of_the_manifests(self):
        kustomization = yaml.safe_load((ROOT / "deploy/kubernetes/base/kustomization.yaml").read_text())
        account = yaml.safe_load((ROOT / "deploy/kubernetes/base/service-account.yml").read_text())
        named = f"{kustomization['namespace']}:{account['metadata']['name']}"
        self.assertEqual(Template().values["ServiceAccount"], named)
        self.assertIn(f'"{named}"', (IAM / "trust.tf").read_text())


class CloudFormation(unittest.TestCase):
    def test_has_the_policy(self):
        (policy,) = Template().role()["Policies"]
        self.assertEqual(policy["PolicyDocument"], POLICY)

    def test_trusts_as_the_documents_say(self):
        self.assertEqual(sorted(path.stem for path in (IAM / "trust").glob("*.json")), sorted(WAYS))
        self.assertEqual(Template().content["Parameters"]["Trust"]["AllowedValues"], ["principal", *WAYS])
        for way in WAYS:
            self.assertEqual(Template(Trust=way, OidcProvider=ISSUER).trust(), filled(way), way)

    def test_trusts_a_principal_with_and_without_an_external_id(self):
        arn = "arn:aws:iam::111122223333:role/daemon"
        (bare,) = Template(TrustedPrincipalArn=arn).trust()["Statement"]
        self.assertEqual(bare, {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "sts:AssumeRole"})
        (held,) = Template(TrustedPrincipalArn=arn, ExternalId="secret").trust()["Statement"]
        self.assertEqual(held, bare | {"Condition": {"StringEquals": {"sts:ExternalId": "secret"}}})

    def test_wants_what_its_trust_needs(self):
        self.assertEqual(Template().refused(), ["Set TrustedPrincipalArn, or another Trust"])
        self.assertEqual(Template(Trust="irsa").refused(), ["Set OidcProvider"])
        for given in ({"Trust": "irsa", "OidcProvider": ISSUER}, {"Trust": "ec2"}, {"TrustedPrincipalArn": "arn:..."}):
            self.assertEqual(Template(**given).refused(), [])

    def test_only_an_instance_gets_a_profile(self):
        profile = Template().content["Resources"]["InstanceProfile"]
        self.assertEqual([way for way in ("principal", *WAYS) if Template(Trust=way).holds(profile["Condition"])], ["ec2"])


class Terraform(unittest.TestCase):
    def test_reads_the_policy(self):
        text = (IAM / "role.tf").read_text()
        (path,) = re.findall(r'policy = file\("\$\{path\.module\}/([^"]+)"\)', text)
        self.assertEqual(json.loads((IAM / path).read_text()), POLICY)

    def test_reads_the_trust(self):
        (ways,) = re.findall(r"contains\((\[.*?\]), var\.trust\)", (IAM / "trust.tf").read_text())
        self.assertEqual(json.loads(ways), ["principal", *WAYS])
        self.assertIn('? "" : templatefile("${path.module}/trust/${var.trust}.json"', (IAM / "trust.tf").read_text())
        self.assertRegex((IAM / "role.tf").read_text(), r"assume_role_policy = var.trust == .* : local.trust\n")

    @unittest.skipUnless(shutil.which("terraform"), "terraform is not installed")
    def test_is_formatted_and_trusts_as_the_documents_say(self):
        formatted = subprocess.run(["terraform", "fmt", "-check", IAM], capture_output=True, text=True, check=False)
        self.assertEqual(formatted.returncode, 0, formatted.stdout)
        with tempfile.TemporaryDirectory(prefix="gls-terraform-") as folder:
            # Without role.tf, whose provider would have to be fetched.
            shutil.copy(IAM / "trust.tf", folder)
            shutil.copytree(IAM / "trust", pathlib.Path(folder, "trust"))
            for way in WAYS:
                found = subprocess.run(
                    ["terraform", "console", "-var", f"trust={way}", "-var", f"oidc_provider_arn={VALUES['OidcProviderArn']}"],
                    input="jsonencode(local.trust)\n", cwd=folder, capture_output=True, text=True, check=False,
                    env=os.environ | {"CHECKPOINT_DISABLE": "1"})
                self.assertEqual(found.returncode, 0, found.stderr)
                # Terraform quotes the text, which is JSON's quoted text of a document.
                self.assertEqual(json.loads(json.loads(json.loads(found.stdout.strip()))), filled(way), way)


class Readme(unittest.TestCase):
    def test_shows_the_policy(self):
        shown = re.search(r"```json\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[1]
        self.assertEqual(json.loads(shown), POLICY)


if __name__ == "__main__":
    unittest.main()
