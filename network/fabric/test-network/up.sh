#!/usr/bin/env bash
# Runs wattlock on fabric-samples' test-network (Docker): two channels, three organisations, both chaincodes.
# It can be run again: what is there already is kept.
# Usage: up.sh FABRIC_SAMPLES_FOLDER NETWORK_FOLDER     (see docs/how-to/run-on-test-network.md)
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: $0 FABRIC_SAMPLES_FOLDER NETWORK_FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
samples=$(cd "$1" && pwd)
mkdir -p -m 700 "$2"
network_folder=$(cd "$2" && pwd)
source "$here/organisations.sh"

doing="changing configtx.yaml"
trap '[ $? -eq 0 ] || say_how_to_go_on' EXIT
say_how_to_go_on() {
  echo "up.sh stopped while $doing. Mend the cause and run it again: it keeps what is there." >&2
  echo "If it stops at the same place, begin anew: (cd $samples/test-network && ./network.sh down), then run it." >&2
}

# The overlay: what differs from the stock test-network, and nothing else.
# A definition needs every organisation's approval, and blocks are cut soon instead of after two seconds.
configtx="$samples/test-network/configtx/configtx.yaml"
[ -e "$configtx.stock" ] || sed -i.stock \
  -e '/LifecycleEndorsement:/,/Rule:/ s/MAJORITY Endorsement/ALL Endorsement/' \
  -e 's/^\( *BatchTimeout:\) .*/\1 50ms/' \
  -e 's/^\( *MaxMessageCount:\) .*/\1 50/' \
  "$configtx"

# Whether an organisation's peer has joined a channel; not, when it does not run.
joined() {
  as_org "$1"
  peer channel list 2>/dev/null | grep -x "$2" >/dev/null
}

cd "$samples/test-network"
for channel in power certificate; do
  doing="creating channel $channel"
  { joined 1 $channel && joined 2 $channel; } || ./network.sh createChannel -c $channel
done
cd addOrg3
for channel in power certificate; do
  doing="joining Org3 to channel $channel"
  joined 3 $channel || ./addOrg3.sh up -c $channel
done

doing="building"
(cd "$repository" && npm run --silent ready)
doing="deploying power-info"
"$here/deploy.sh" "$samples" power power-info
doing="deploying certificate"
"$here/deploy.sh" "$samples" certificate certificate
doing="describing the network"
node "$here/adopt.mjs" "$samples" "$network_folder"
