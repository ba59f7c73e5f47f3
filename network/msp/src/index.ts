export type { Credentials, Identity, NodeRole, Organisation } from './identity';
export {
  createOrganisation,
  issueIdentity,
  issueTlsCertificate,
  type OrganisationRequest,
} from './authority';
export {
  mspFiles,
  readCredentials,
  readOrganisation,
  writeCredentials,
  writeMspFolder,
  writeOrganisation,
  type CredentialFiles,
} from './folder';
export { domainOf, generatorName, mspIdOf, ORDERER } from './names';
export { isLowS, signMessage } from './signature';
