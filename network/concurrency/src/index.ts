export { FolderLockedError, withFolderLock, type FolderLockOptions, type LockHolder } from './folder-lock';
export { identify, isRunning, readIdentity, type ProcessIdentity } from './process-identity';
export { together } from './together';
export { waitUntil, type Patience } from './wait-until';
