#!/bin/sh
# Every C++ file is as clang-format 19 leaves it.
set -eu
cd "$(dirname "$0")/../.."
git ls-files -z -co --exclude-standard '*.cpp' '*.hpp' | xargs -0 clang-format-19 --dry-run -Werror
