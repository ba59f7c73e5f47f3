// The public entry of transactions: proposed, sent until decided, watched until committed.
export * from './commit-watch';
export * from './envelope';
export * from './proposal';
export * from './retry';
export * from './settle';
