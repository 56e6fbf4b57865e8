#!/bin/sh
# Builds and runs every test, and installs what that needs on a fresh Debian 12 machine.
#   tests/run.sh          unit, wire and daemon tests under ASan with UBSan, then every test in the
#                         release build, warnings as errors
#   tests/run.sh --all    also the long tests of the alerts, the dashboards as pictures, the package and
#                         the image in a Debian of their own, a minute of every fuzz target, clang-tidy,
#                         and unit, wire and daemon tests under TSan
# Ends with ctest's own summary; the exit code is 0 only if every part passed.
set -eu
cd "$(dirname "$0")/.."
. deploy/packages.sh

all=no
for argument in "$@"; do
    case $argument in
    --all) all=yes ;;
    *) die "unknown argument '$argument'; usage: tests/run.sh [--all]" ;;
    esac
done

# shellcheck disable=SC2086 # lists of words
need $BUILD_PACKAGES $TEST_PACKAGES
# Whoever has Node's own npm keeps it; Debian's npm is enough otherwise.
command -v npm >/dev/null 2>&1 || need nodejs npm
# shellcheck disable=SC2086
[ "$all" = no ] || need $ALL_PACKAGES

say "== the official JavaScript client, for the simulator's answers; what drives a browser, for the page; the schemas of Kubernetes"
folders="tests/sdk tests/browser tests/kubernetes"
# Grafana's component library takes minutes to come and 660 MB.
[ "$all" = no ] || folders="$folders tests/panels"
for folder in $folders; do
    (cd $folder && npm ci --no-audit --no-fund --loglevel=error)
done

mkdir -p build
failed=""
# build PRESET [OPTION]: warnings are judged once, in the release build; sanitizers have false ones.
build() {
    preset=$1
    shift
    say "== build $preset"
    cmake --preset "$preset" "$@" >"build/configure-$preset.log" 2>&1 ||
        { cat "build/configure-$preset.log"; rm -f "build/configure-$preset.log"; die "configuring $preset failed"; }
    rm -f "build/configure-$preset.log"
    case $preset in
    fuzz) cmake --build --preset fuzz --target fuzzers ;;
    *) cmake --build --preset "$preset" ;;
    esac
}
# check PRESET [CTEST-ARGUMENT...]: goes on after a failure, so that one run shows them all.
check() {
    preset=$1
    shift
    say "== test $preset"
    ctest --preset "$preset" --no-tests=error "$@" || failed="$failed $preset"
}

# fuzz FUZZER: a minute of it; what it says comes as one piece, because several run at a time.
fuzz() {
    name=$(basename "$1")
    mkdir -p "build/fuzz/corpus/$name"
    if "$1" -max_total_time=60 -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
        "build/fuzz/corpus/$name" "tests/fuzz/corpus/${name%_fuzz}" >"build/fuzz/$name.log" 2>&1; then
        say "== fuzz $name, 60 s: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.log") runs"
    else
        cat "build/fuzz/$name.log"
        echo "$name" >>build/fuzz/failed
    fi
}

build asan
check asan -L 'unit|wire|daemon'

# What takes minutes of the whole machine; the folder's tests say what each is.
[ "$all" = no ] || export GLS_END_TO_END=1 GLS_MUTATIONS=1 GLS_DAYS=7 GLS_CHROOT=1 GLS_PANELS=1
build release -DGLS_WARNINGS_AS_ERRORS=ON
check release

if [ "$all" = yes ]; then
    build fuzz
    rm -f build/fuzz/failed
    running=0
    for fuzzer in build/fuzz/tests/fuzz/*_fuzz; do
        fuzz "$fuzzer" &
        running=$((running + 1))
        [ $((running % $(nproc))) -ne 0 ] || wait
    done
    wait
    [ ! -e build/fuzz/failed ] || failed="$failed $(tr '\n' ' ' <build/fuzz/failed)"
    say "== clang-tidy"
    tests/habits/tidy.sh || failed="$failed clang-tidy"
    build tsan
    check tsan -L 'unit|wire|daemon'
fi

[ -z "$failed" ] || { say "failed:$failed"; exit 1; }
