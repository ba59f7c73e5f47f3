# The test-network's organisations and how to call the `peer` program in their name. To be sourced; $samples is
# fabric-samples' absolute path. Org1 is the certifier, Org2 the generator, Org3 the auditor.
organizations="$samples/test-network/organizations"
export PATH="$samples/bin:$PATH"
export FABRIC_CFG_PATH="$samples/config"
export FABRIC_LOGGING_SPEC="${FABRIC_LOGGING_SPEC:-error:cli.lifecycle.chaincode=info}"
export CORE_PEER_TLS_ENABLED=true

orderer=(-o localhost:7050 --ordererTLSHostnameOverride orderer.example.com --tls
  --cafile "$organizations/ordererOrganizations/example.com/tlsca/tlsca.example.com-cert.pem")

tls_ca() { echo "$organizations/peerOrganizations/org$1.example.com/tlsca/tlsca.org$1.example.com-cert.pem"; }
peer_port() { case $1 in 1) echo 7051 ;; 2) echo 9051 ;; 3) echo 11051 ;; esac; }

# What follows is done as the administrator of this organisation, at its peer.
as_org() {
  export CORE_PEER_LOCALMSPID="Org$1MSP"
  export CORE_PEER_ADDRESS="localhost:$(peer_port "$1")"
  export CORE_PEER_TLS_ROOTCERT_FILE="$(tls_ca "$1")"
  export CORE_PEER_MSPCONFIGPATH="$organizations/peerOrganizations/org$1.example.com/users/Admin@org$1.example.com/msp"
}
