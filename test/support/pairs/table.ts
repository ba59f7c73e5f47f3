// Pairs of commands that are run at once on one home, and what each may answer.

/** What the home is before a pair: none, one with readings, or one with swaps that were interrupted. */
export type Before = 'none' | 'readings' | 'interrupted';

export interface Pair {
  readonly name: string;
  readonly before: Before;
  readonly commands: readonly [readonly string[], readonly string[]];
  /** Codes that are an answer as good as success: the command says why it did nothing. */
  readonly refusals: readonly string[];
  /** Needs the programs of Fabric. */
  readonly onPeers?: boolean;
}

export const POINT = 'p1';

const REGISTER = [
  ...['point', 'register', '--id', POINT, '--type', 'solar', '--place', 'Matsumoto'],
  ...['--capacity-w', '5000', '--slot-minutes', '60'],
];

/** Imports a file of a pair's own folder. */
export const importOf = (file: string, point = POINT): readonly string[] => [
  ...['meter', 'import', file, '--point', point, '--time-column', 'time', '--utc-offset', '+00:00'],
  ...['--value-column', 'kw', '--unit', 'kW'],
];

export const registerOf = (id: string): readonly string[] =>
  REGISTER.map((word) => (word === POINT ? id : word));

/** @param folder holds june.csv and july.csv */
export function pairsIn(folder: string): readonly Pair[] {
  const convert = ['swap', 'convert', '--point', POINT];
  const refusals: readonly string[] = [];
  return [
    { name: 'init, init', before: 'none', commands: [['init'], ['init']], refusals },
    {
      name: 'init, point register',
      before: 'none',
      commands: [['init'], REGISTER],
      refusals: ['HOME_NOT_FOUND', 'NOT_CONFIGURED'],
    },
    {
      name: 'init, doctor',
      before: 'none',
      commands: [['init'], ['doctor']],
      refusals: ['the checks that failed'],
    },
    { name: 'demo, init', before: 'none', commands: [['demo'], ['init']], refusals },
    {
      name: 'meter import, meter import',
      before: 'readings',
      commands: [importOf(`${folder}/june.csv`), importOf(`${folder}/july.csv`)],
      refusals,
    },
    { name: 'swap convert, swap convert', before: 'readings', commands: [convert, convert], refusals },
    {
      name: 'audit reconcile, swap convert',
      before: 'readings',
      commands: [['audit', 'reconcile'], convert],
      refusals,
    },
    {
      name: 'cert stock, swap convert',
      before: 'readings',
      commands: [
        ['cert', 'stock', '--issue', '40000'],
        [...convert, '--issue', 'stock'],
      ],
      refusals: ['STOCK_SHORT'],
    },
    {
      name: 'swap resume, swap finish',
      before: 'interrupted',
      commands: [
        ['swap', 'resume'],
        ['swap', 'finish'],
      ],
      refusals,
    },
    {
      name: 'network up, network up',
      before: 'none',
      commands: [
        ['network', 'up'],
        ['network', 'up'],
      ],
      refusals,
      onPeers: true,
    },
    {
      name: 'network up, init',
      before: 'none',
      commands: [['network', 'up'], ['init']],
      refusals: ['PLATFORM_DOWN', 'ENDORSER_UNAVAILABLE'],
      onPeers: true,
    },
  ];
}
