#!/bin/sh
# Checks a simulator with the official JavaScript clients: tests/sdk/run.sh PATH-OF-THE-SIMULATOR
set -eu
simulator=${1:?usage: run.sh PATH-OF-THE-SIMULATOR}
cd "$(dirname "$0")"
# The clients need Node 20 and Debian 12 has 18, which is enough for npm alone: the Node that runs them
# comes with them, where npm has one for this machine.
node=node
for own in node_modules/node-linux-*/bin/node; do
    [ ! -x "$own" ] || node=$own
done
command -v "$node" >/dev/null 2>&1 || { echo "node is missing: run 'npm ci' in tests/sdk, or install Node 20 or newer" >&2; exit 1; }
[ -d node_modules/@aws-sdk/client-gameliftstreams ] ||
    { echo "the AWS clients are missing: run 'npm ci' in tests/sdk" >&2; exit 1; }
# Nothing of the caller's own AWS settings may reach the clients.
for name in $(env | sed -n 's/^\(AWS_[A-Z0-9_]*\)=.*/\1/p'); do unset "$name"; done
GLS_SIMULATOR=$simulator exec "$node" --no-warnings --test --test-timeout=60000 \
    paging.test.mjs errors.test.mjs identity.test.mjs
