// Where everything is, below the network's folder.
import { join } from 'node:path';

/** Paths of an organisation, relative to the network's folder. */
export const organisationFolder = (name: string): string => join('organisations', name);
export const verifyingMsp = (name: string): string => join(organisationFolder(name), 'msp');
export const tlsCaFile = (name: string): string => join(organisationFolder(name), 'tlsca-cert.pem');
export const userMsp = (name: string, user: string): string =>
  join(organisationFolder(name), 'users', user, 'msp');

/** Folder of a peer or orderer: its configuration, local MSP, TLS files and data. */
export const peerFolder = (organisation: string): string => join('peers', organisation);
export const ordererFolder = (name: string): string => join('orderers', name);
export const dataFolder = (node: string): string => join(node, 'data');
export const localMsp = (node: string): string => join(node, 'msp');
export const tlsFiles = (node: string) => ({
  certificateFile: join(node, 'tls', 'cert.pem'),
  privateKeyFile: join(node, 'tls', 'key.pem'),
});

/** What a peer's external builder fills connection.json with. */
export const builderConfigFile = (organisation: string): string =>
  join(peerFolder(organisation), 'chaincode.json');
/** Folder of an organisation's server of a chaincode: its TLS files. */
export const serverFolder = (chaincode: string, organisation: string): string =>
  join('chaincode', chaincode, organisation);
export const packageFile = (label: string): string => join('chaincode', `${label}.tar.gz`);

export const CHANNELS_FOLDER = 'channels';
export const genesisFile = (channel: string): string => join(CHANNELS_FOLDER, `${channel}.block`);
