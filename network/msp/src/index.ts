export type { Credentials, Identity, NodeRole, Organisation } from './identity';
