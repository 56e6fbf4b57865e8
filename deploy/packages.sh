# Sourced by deploy/quickstart.sh and tests/run.sh: what Debian 12 packages each of them needs, and
# how they get there. POSIX sh.

# To build the daemon and the simulator.
BUILD_PACKAGES="g++ cmake ninja-build pkg-config git ca-certificates
    libboost1.81-dev libboost-url1.81-dev prometheus-cpp-dev libyaml-cpp-dev libspdlog-dev
    libssl-dev libsimdjson-dev libcli11-dev zlib1g-dev libsqlite3-dev"

# To run the quick start.
DEMO_PACKAGES="curl jq prometheus prometheus-alertmanager"

# To run every test.
TEST_PACKAGES="doctest-dev curl jq openssl procps prometheus prometheus-alertmanager jsonnet python3
    python3-prometheus-client python3-jsonschema python3-yaml clang-format-19 dpkg-dev lintian systemd chromium"

# With tests/run.sh --all as well.
ALL_PACKAGES="clang-19 clang-tidy-19 libclang-rt-19-dev debootstrap buildah"

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else die "needs root or sudo for: $*"
    fi
}

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# need PACKAGE...: installs the ones that are missing, and says which.
need() {
    missing=""
    for package in "$@"; do installed "$package" || missing="$missing $package"; done
    [ -n "$missing" ] || return 0
    say "installing with apt:$missing"
    command -v apt-get >/dev/null 2>&1 || die "this is not a Debian system; please install:$missing"
    as_root apt-get update -qq
    # Debian's packages start and enable their services; ours must not: nothing is started while
    # policy-rc.d says so, and what this installation enabled is disabled again below.
    policy=/usr/sbin/policy-rc.d
    [ -e "$policy" ] && policy="" || {
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    }
    status=0
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $missing </dev/null || status=$?
    [ -z "$policy" ] || as_root rm -f "$policy"
    [ "$status" -eq 0 ] || die "apt-get install failed; see its messages above"
    for package in $missing; do
        case $package in
        prometheus | prometheus-alertmanager | nginx-light) disable_service "${package%-light}" ;;
        esac
    done
}

# A service that this run has installed a moment ago is neither enabled nor running afterwards.
disable_service() {
    if command -v systemctl >/dev/null 2>&1; then
        as_root systemctl disable --quiet "$1.service" 2>/dev/null || true
        as_root systemctl stop --quiet "$1.service" 2>/dev/null || true
    fi
    if command -v update-rc.d >/dev/null 2>&1; then
        as_root update-rc.d "$1" disable >/dev/null 2>&1 || true
    fi
}
