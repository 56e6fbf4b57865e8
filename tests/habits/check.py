#!/usr/bin/env python3
"""The rules of the house that a compiler does not check. Prints each break as file:line: rule, exits 1.

  one home   clock, randomness, environment, logging library and Beast are used in one file each, so
             that tests can put their own in place and the heavy headers are compiled once
  layers     a folder of daemon/ includes only folders that stand before it (daemon/CMakeLists.txt)
  pure       files that decide or transform include no Asio, no clock, no socket
  small      a source file has at most 300 lines: one idea each
  plain      no path of somebody's machine, no address of a package registry
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAYERS = ["base", "async", "settings", "aws", "streams", "state", "poll", "metrics", "web", "app"]
# and inside aws/, whose own files come first
AWS_LAYERS = ["text", "retry", "request", "transport", "call", "profile", "credentials"]

# pattern -> the files below daemon/ that may hold it
ONE_HOME = {
    r"(system|steady|high_resolution)_clock::now|\bclock_gettime\b|\bgettimeofday\b|\bstd::time\(":
        ["async/asio_clock.cpp", "base/log.cpp"],
    r"\brandom_device\b|\bmt19937|\bRAND_bytes\b|\bs?rand\(|\bgetrandom\(": ["base/random.cpp"],
    r"\bgetenv\b|\benviron\b": ["base/env.cpp", "aws/credentials/child_programs.cpp"],
    r"\bspdlog\b": ["base/log.cpp"],
    r"\bsqlite3\.h\b": ["state/file/database.cpp"],
    r"boost/beast|boost::beast": ["aws/transport/response_reader.cpp", "web/request_reader.cpp"],
    r"\bstd::c(out|err)\b|\bf?printf\(": ["main.cpp"],
}
PURE = [
    "settings/*", "state/*", "streams/session.*", "streams/page_json.*", "metrics/catalogue.*",
    "metrics/exposition.*", "metrics/fleet.*", "web/routes.*", "web/accept.*", "web/config/*", "web/request_reader.*", "poll/plan.*",
    "poll/budget.*", "aws/text/*", "aws/retry/adaptive.*", "aws/retry/retry.*",
    "aws/retry/retry_decision.*", "aws/retry/error_response.*", "aws/request/canonical_request.*", "aws/request/sigv4.*",
    "aws/request/endpoint.*", "aws/profile/profile_file.*", "base/iso8601.*", "base/duration.*",
]
IMPURE_INCLUDE = re.compile(r'#include [<"](boost/asio|base/(task|clock|random|env|files|log)\.hpp|sys/socket)')
PLAIN = re.compile(r"(?<![\w$}])/(work|home/\w+|root)/|registry\.npmjs|deb\.debian\.org|pypi\.org")
CODE = {".cpp", ".hpp"}


def tracked():
    names = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "-co", "--exclude-standard"],
                           capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def co_await_in_condition(line):
    """if (co_await f()), while (!co_await f()): GCC 12 resumes a broken frame (daemon/base/task.hpp)."""
    for start in re.finditer(r"\b(?:if|while) \(", line):
        depth, end = 1, start.end()
        while end < len(line) and depth > 0:
            depth += {"(": 1, ")": -1}.get(line[end], 0)
            end += 1
        condition = line[start.end():end - (depth == 0)].split(";")[-1]
        before, found, _ = condition.partition("co_await")
        if found and not re.search(r"(?<![=!<>])=(?!=)", before):
            return True
    return False


def rank_in_aws(folder):
    return AWS_LAYERS.index(folder) if folder in AWS_LAYERS else -1


def breaks_of(path):
    relative = path.relative_to(ROOT)
    try:
        lines = path.read_text().splitlines()
    except UnicodeDecodeError:
        return
    top = relative.parts[0]
    inside = pathlib.PurePath(*relative.parts[1:]) if len(relative.parts) > 1 else relative
    code = path.suffix in CODE
    if code and len(lines) > 300:
        yield 301, f"small: {len(lines)} lines; split it where its summary needs an 'and'"
    pure = top == "daemon" and code and any(inside.match(glob) for glob in PURE)
    layer = LAYERS.index(inside.parts[0]) if top == "daemon" and inside.parts[0] in LAYERS else None
    for number, line in enumerate(lines, 1):
        if relative.parts[:2] != ("tests", "habits") and PLAIN.search(line):
            yield number, "plain: a machine's path or a package host"
        if top != "daemon" or not code:
            continue
        text = line.split("//")[0]
        for pattern, homes in ONE_HOME.items():
            if str(inside) not in homes and re.search(pattern, text):
                yield number, f"one home: belongs in {' or '.join(homes)}"
        if co_await_in_condition(text):
            yield number, "co_await inside a condition: name its value first"
        if pure and IMPURE_INCLUDE.search(text):
            yield number, "pure: this file takes values and gives values"
        include = re.match(r'#include "(\w+)/', text)
        if include and layer is not None and include[1] in LAYERS and LAYERS.index(include[1]) > layer:
            yield number, f"layers: {inside.parts[0]} stands before {include[1]}"
        within_aws = re.match(r'#include "aws/(\w+)/', text)
        if within_aws and inside.parts[0] == "aws" and rank_in_aws(within_aws[1]) > rank_in_aws(inside.parts[1]):
            yield number, f"layers: {inside.parts[1]} stands before {within_aws[1]}"


def main():
    count = 0
    for path in tracked():
        for line, rule in breaks_of(path):
            print(f"{path.relative_to(ROOT)}:{line}: {rule}")
            count += 1
    print(f"{count} break(s) of the rules of the house" if count else "the rules of the house are kept")
    return 1 if count else 0


sys.exit(main())
