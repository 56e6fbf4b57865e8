#!/bin/sh
# clang-tidy 19 over every C++ file of ours, against the compile commands of the build folder named
# (default: build/clang). Slow: part of `tests/run.sh --all`.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build/clang}
git ls-files '*.cpp' | grep -v '^tests/fuzz/' |
    xargs -P "$(nproc)" -n 2 clang-tidy-19 --quiet -p "$build" 2>/dev/null
