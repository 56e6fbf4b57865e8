#!/bin/sh
# clang-tidy 19 over every C++ file of ours. Slow: part of `tests/run.sh --all`. It spends its time in
# the headers of others, so files are taken eight at a time, as they are compiled; a finding names the
# file and line that it is in all the same.
set -eu
cd "$(dirname "$0")/../.."
cmake --preset tidy >/dev/null
cmake --build build/tidy --target daemon/web/page_files.cpp >/dev/null # the one source that is generated
sed -n 's/^ *"file": "\(.*\)",*$/\1/p' build/tidy/compile_commands.json | sort -u | grep -v '/tests/fuzz/' |
    xargs -P "$(nproc)" -n 1 clang-tidy-19 --quiet -p build/tidy 2>/dev/null
