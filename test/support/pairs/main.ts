// `npm run pairs -- --rounds N`: every pair of commands, N times each, each on a home of its own.
import { findPrograms } from '@wattlock/fabric-network';
import { parseArgs } from 'node:util';
import { layGround } from './homes';
import { startRunners } from './round';
import { pairsIn } from './table';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '100' }, peers: { type: 'boolean', default: false } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new RangeError('--rounds expects a whole number from 1');
  if (values.peers && !findPrograms().found) throw new Error('--peers needs the programs of Fabric');
  const ground = await layGround();
  const runners = startRunners(ground);
  let brokenInAll = 0;
  try {
    for (const pair of pairsIn(ground.folder).filter(({ onPeers = false }) => onPeers === values.peers)) {
      const ends = new Map<string, number>();
      let [overlapped, broken] = [0, 0];
      for (let count = 0; count < rounds; count += 1) {
        const round = await runners.round(pair);
        const key = round.ends.join(' + ');
        ends.set(key, (ends.get(key) ?? 0) + 1);
        if (round.overlapped) overlapped += 1;
        if (round.broken === undefined) continue;
        broken += 1;
        process.stderr.write(`${pair.name}: ${round.broken}\n`);
      }
      brokenInAll += broken;
      const counted = [...ends].map(([key, times]) => `${key} ${times}`).join(', ');
      process.stdout.write(
        `${pair.name}: ${rounds} rounds, ${overlapped} at once, ${broken} broken (${counted})\n`,
      );
    }
  } finally {
    runners.close();
    await ground.remove();
  }
  return brokenInAll === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
