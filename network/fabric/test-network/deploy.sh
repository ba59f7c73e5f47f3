#!/usr/bin/env bash
# Deploys one chaincode on the test-network's three organisations: package, install, approve by all, commit.
# What is done already is not done again. Other code than the channel has needs the next SEQUENCE, given on purpose.
# Usage: deploy.sh FABRIC_SAMPLES_FOLDER CHANNEL CHAINCODE [SEQUENCE]
# With PACKAGE_ONLY=1 it stops after printing the package id, for which no network is needed.
set -euo pipefail

[ $# -ge 3 ] || { echo "usage: $0 FABRIC_SAMPLES_FOLDER CHANNEL CHAINCODE [SEQUENCE]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
samples=$(cd "$1" && pwd)
channel=$2
chaincode=$3
wanted=${4:-}
policy="AND('Org1MSP.peer','Org2MSP.peer')" # the certifier and the generator
source "$here/organisations.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package="$work/$chaincode.tar.gz"
package_id=$(node "$repository/scripts/pack-chaincode.mjs" "$chaincode" "$package")
echo "package id: $package_id"
[ -z "${PACKAGE_ONLY:-}" ] || exit 0
version=$(node -p "require('$repository/chaincode/$chaincode/package.json').version")

# The sequence that the channel has; 0 when the chaincode is not defined there.
committed_sequence() {
  peer lifecycle chaincode querycommitted --channelID "$channel" --output json | node -e '
    const { chaincode_definitions: defined = [] } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    console.log(defined.find(({ name }) => name === process.argv[1])?.sequence ?? 0)' "$chaincode"
}
# The package that an organisation approved for a sequence; nothing when it approved none.
approved_package() {
  as_org "$1"
  peer lifecycle chaincode queryapproved --channelID "$channel" --name "$chaincode" --sequence "$2" --output json \
    2>/dev/null | sed -n 's/.*"package_id": *"\([^"]*\)".*/\1/p' || true
}

as_org 1
current=$(committed_sequence)
if [ "$current" -gt 0 ] && [ "${wanted:-$current}" -eq "$current" ]; then
  for org in 1 2 3; do
    theirs=$(approved_package $org "$current")
    [ "$theirs" = "$package_id" ] && continue
    echo "$chaincode on $channel differs: at sequence $current Org${org}MSP approved ${theirs:-no package}" >&2
    echo "to replace it: $0 $1 $channel $chaincode $((current + 1))" >&2
    exit 1
  done
  echo "$chaincode on $channel is this package already, at sequence $current: nothing to do"
  exit 0
fi
sequence=${wanted:-1}
[ "$sequence" -eq $((current + 1)) ] || { echo "the next sequence of $chaincode on $channel is $((current + 1))" >&2; exit 1; }

definition=(--channelID "$channel" --name "$chaincode" --version "$version" --sequence "$sequence"
  --signature-policy "$policy")
peers=()
for org in 1 2 3; do
  as_org $org
  peer lifecycle chaincode queryinstalled | grep -F "$package_id" >/dev/null || peer lifecycle chaincode install "$package"
  [ "$(approved_package $org "$sequence")" = "$package_id" ] ||
    peer lifecycle chaincode approveformyorg "${orderer[@]}" "${definition[@]}" --package-id "$package_id"
  peers+=(--peerAddresses "localhost:$(peer_port $org)" --tlsRootCertFiles "$(tls_ca $org)")
done
peer lifecycle chaincode commit "${orderer[@]}" "${definition[@]}" "${peers[@]}"
echo "$chaincode on $channel is at sequence $sequence"
