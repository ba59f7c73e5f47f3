// The public entry of blocks: their bytes as facts.
export * from './block';
