"""Whether config/exporter.schema.json and the parser agree: the same keys, defaults, choices and
ranges, and the same verdict on a table of documents. The schema's side is Debian's python3-jsonschema.
Usage: schema_test.py VERDICT_PROGRAM SCHEMA CASES. Exit 77: jsonschema is not installed."""
import copy
import json
import random
import re
import subprocess
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

program, schema_path, cases_path = sys.argv[1:]
with open(schema_path, encoding="utf-8") as file:
    schema = json.load(file)
with open(cases_path, encoding="utf-8") as file:
    cases = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
failures = []


def expect(holds, words):
    if not holds:
        failures.append(words)


def parser_verdicts(documents):
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    run = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [line.split("\t", 1) for line in run.stdout.splitlines()]


def resolved(node):
    if "$ref" in node:
        return {**schema["$defs"][node["$ref"].removeprefix("#/$defs/")], **node}
    return node


def properties(node, path=""):
    """(path, property) of every key, in the file's order; lists are written name[]."""
    for name, inner in resolved(node).get("properties", {}).items():
        inner = resolved(inner)
        yield path + name, inner
        if "items" in inner and "properties" in resolved(inner["items"]):
            yield from properties(inner["items"], path + name + "[].")
        elif "properties" in inner:
            yield from properties(inner, path + name + ".")


def document_with(path, value):
    """The smallest document that gives one key."""
    for key in reversed(path.split(".")):
        value = {key.removesuffix("[]"): [value] if key.endswith("[]") else value}
    return value


keys = list(properties(schema))
known = subprocess.run([program, "--keys"], capture_output=True, text=True, check=True).stdout.split()
expect([path for path, _ in keys] == known, f"keys differ: {set(known) ^ {path for path, _ in keys}}")
for path, node in keys:
    expect(node.get("description"), f"{path} has no description")

# Each default, alone and all together, means the same as an empty document.
alone = [document_with(path, node["default"]) for path, node in keys if "default" in node]
together = {}
for path, node in keys:
    if "default" in node and "[]" not in path:
        section, key = path.split(".")
        together.setdefault(section, {})[key] = node["default"]
together["targets"] = [{path.split(".")[1]: node["default"] for path, node in keys if "[]." in path}]
empty, *others = parser_verdicts([{}, *alone, together])
for document, verdict in zip([*alone, together], others):
    expect(verdict == empty, f"not the default: {document}: {verdict}")

# Both ends of every numeric range, and a step past them.
probes = []
for path, node in keys:
    if "maximum" in node:
        least = node.get("minimum", 0.001)
        outside = node.get("minimum", node.get("exclusiveMinimum", 0) + 1) - 1
        probes += [(path, least, True), (path, node["maximum"], True),
                   (path, node["maximum"] + 1, False), (path, outside, False)]
        if node["type"] == "integer":
            probes.append((path, least + 0.5, False))
    for value in resolved(node.get("items", node)).get("enum", []):
        probes.append((path, [value] if "items" in node else value, True))
expect(len(probes) >= 20, f"only {len(probes)} probes")
for (path, value, good), (verdict, *_) in zip(probes, parser_verdicts([document_with(p, v) for p, v, _ in probes])):
    expect(validator.is_valid(document_with(path, value)) == good, f"schema: {path} = {value}")
    expect((verdict == "good") == good, f"parser: {path} = {value}")

# The grammar of durations, on random texts: the parser may only find them out of range.
random.seed(20261124)
# Numbers stay short: past 292 years the parser refuses what the pattern cannot.
texts = ["".join(random.choice(["1", "0", "30", "s", "m", "h", "ms", "d", "w", "y", "x", " ", "-", "."])
                 for _ in range(random.randint(0, 5))) for _ in range(2000)]
texts = [text for text in texts if not re.search("[0-9]{4}", text)]
documents = [document_with("sweep.live_interval", text) for text in texts]
for text, document, verdict in zip(texts, documents, parser_verdicts(documents)):
    expect(validator.is_valid(document) == ("is not a duration" not in verdict[-1]), f"duration {text!r}: {verdict}")

# The table: `good`, `bad`, and `only_parser` for rules that a schema cannot say.
named = [(kind, document) for kind in ("good", "bad", "only_parser") for document in cases[kind]]
for (kind, document), (verdict, text) in zip(named, parser_verdicts([document for _, document in named])):
    by_schema = validator.is_valid(copy.deepcopy(document))
    expect(by_schema == (kind != "bad"), f"schema finds it {'good' if by_schema else 'bad'}: {document}")
    expect((verdict == "good") == (kind == "good"), f"parser finds it {verdict}: {document}: {text}")

print(f"{len(known)} keys, {len(alone)} defaults, {len(probes)} edges, {len(texts)} durations, {len(named)} documents")
print("\n".join(failures))
sys.exit(1 if failures else 0)
