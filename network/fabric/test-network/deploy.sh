#!/usr/bin/env bash
# Deploys one chaincode on the test-network's three organisations: package, install, approve by all, commit.
# Usage: deploy.sh FABRIC_SAMPLES_FOLDER CHANNEL CHAINCODE [SEQUENCE]
# With PACKAGE_ONLY=1 it stops after printing the package id, for which no network is needed.
set -euo pipefail

[ $# -ge 3 ] || { echo "usage: $0 FABRIC_SAMPLES_FOLDER CHANNEL CHAINCODE [SEQUENCE]" >&2; exit 2; }
samples=$(cd "$1" && pwd)
channel=$2
chaincode=$3
sequence=${4:-1}
repository=$(cd "$(dirname "$0")/../../.." && pwd)
source_folder="$repository/chaincode/$chaincode"
policy="AND('Org1MSP.peer','Org2MSP.peer')" # the certifier and the generator

export PATH="$samples/bin:$PATH"
export FABRIC_CFG_PATH="$samples/config"
export CORE_PEER_TLS_ENABLED=true

# Only what runs is packed: the manifest, the pinned dependencies and the readable bundle of our own code.
version=$(node -p "require('$source_folder/package.json').version")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/source/dist"
cp "$source_folder/package.json" "$source_folder/npm-shrinkwrap.json" "$work/source/"
cp -R "$source_folder/dist/bundle" "$work/source/dist/bundle"
package="$work/$chaincode.tar.gz"
peer lifecycle chaincode package "$package" --path "$work/source" --lang node --label "${chaincode}_${version}"
package_id=$(peer lifecycle chaincode calculatepackageid "$package")
echo "package id: $package_id"
[ -z "${PACKAGE_ONLY:-}" ] || exit 0

organizations="$samples/test-network/organizations"
tls_ca() { echo "$organizations/peerOrganizations/org$1.example.com/tlsca/tlsca.org$1.example.com-cert.pem"; }
peer_port() { case $1 in 1) echo 7051 ;; 2) echo 9051 ;; 3) echo 11051 ;; esac }
as_org() {
  export CORE_PEER_LOCALMSPID="Org$1MSP"
  export CORE_PEER_ADDRESS="localhost:$(peer_port "$1")"
  export CORE_PEER_TLS_ROOTCERT_FILE="$(tls_ca "$1")"
  export CORE_PEER_MSPCONFIGPATH="$organizations/peerOrganizations/org$1.example.com/users/Admin@org$1.example.com/msp"
}
orderer=(-o localhost:7050 --ordererTLSHostnameOverride orderer.example.com --tls
  --cafile "$organizations/ordererOrganizations/example.com/tlsca/tlsca.example.com-cert.pem")
definition=(--channelID "$channel" --name "$chaincode" --version "$version" --sequence "$sequence"
  --signature-policy "$policy")

peers=()
for org in 1 2 3; do
  as_org $org
  peer lifecycle chaincode queryinstalled | grep -qF "$package_id" || peer lifecycle chaincode install "$package"
  peer lifecycle chaincode approveformyorg "${orderer[@]}" "${definition[@]}" --package-id "$package_id"
  peers+=(--peerAddresses "localhost:$(peer_port $org)" --tlsRootCertFiles "$(tls_ca $org)")
done
peer lifecycle chaincode commit "${orderer[@]}" "${definition[@]}" "${peers[@]}"
peer lifecycle chaincode querycommitted --channelID "$channel" --name "$chaincode"
