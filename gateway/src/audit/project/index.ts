// The public entry of the projection: filling it from the ledgers, and reading it.
export { balancesIn, burnedBy, type Period } from './balances';
export { findingsIn, Projection, statesIn, type ChannelState } from './projection';
export { stockIn, type SeenStock } from './tables/stock';
export { advance, headsOf, type AdvanceOptions, type BlockSources, type Heights, type States } from './advance';
export { openProjection, rebuildProjection, type OpenProjection, type ProjectionOptions } from './open';
