#!/usr/bin/env bash
# Runs wattlock on fabric-samples' test-network (Docker): two channels, three organisations, both chaincodes.
# Usage: up.sh FABRIC_SAMPLES_FOLDER NETWORK_FOLDER     (see docs/how-to/run-on-test-network.md)
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: $0 FABRIC_SAMPLES_FOLDER NETWORK_FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
samples=$(cd "$1" && pwd)
network_folder=$2

# The overlay: what differs from the stock test-network, and nothing else.
# A definition needs every organisation's approval, and blocks are cut soon instead of after two seconds.
configtx="$samples/test-network/configtx/configtx.yaml"
[ -e "$configtx.stock" ] || sed -i.stock \
  -e '/LifecycleEndorsement:/,/Rule:/ s/MAJORITY Endorsement/ALL Endorsement/' \
  -e 's/^\( *BatchTimeout:\) .*/\1 50ms/' \
  -e 's/^\( *MaxMessageCount:\) .*/\1 50/' \
  "$configtx"

cd "$samples/test-network"
for channel in power certificate; do ./network.sh createChannel -c "$channel"; done
cd addOrg3
for channel in power certificate; do ./addOrg3.sh up -c "$channel"; done

(cd "$repository" && npm run --silent ready)
"$here/deploy.sh" "$samples" power power-info
"$here/deploy.sh" "$samples" certificate certificate
node "$here/adopt.mjs" "$samples" "$network_folder"
