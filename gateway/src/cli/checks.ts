// What `wattlock doctor` looks at, as a table: each check says what it found and, if that will not do, what to do.
// A check never changes anything, and one that fails does not keep the others from running.
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LEGS, type Roles } from '@wattlock/core';
import { NETWORK_HINTS, type Hint, type Kind, type Language } from '../errors';
import { networkFolder } from '../home';
import { LEDGER_CHOICES } from '../platform';
import type { CommandContext } from './context';
import { failureOf } from './failure';

export interface Finding {
  readonly ok: boolean;
  readonly detail: string;
  readonly hint?: string;
}

interface Check {
  readonly name: string;
  /** What it is, when it fails and is needed. */
  readonly kind: Kind;
  /** Only Fabric needs it; default: either ledger. */
  readonly fabricOnly?: boolean;
  look(context: CommandContext): Promise<Finding>;
}

const OLDEST_NODE = [20, 19] as const;

const HINTS = {
  node: {
    en: `Install Node.js ${OLDEST_NODE.join('.')} or later.`,
    ja: `Node.js ${OLDEST_NODE.join('.')} 以降を入れてください。`,
  },
  keys: {
    en: 'Restrict them: chmod 600 FILE.',
    ja: '所有者だけが読めるようにしてください: chmod 600 FILE',
  },
} as const satisfies Record<string, Hint>;

export const CHECKS: readonly Check[] = [
  {
    name: 'node',
    kind: 'usage',
    look: ({ language }) => Promise.resolve(checkNode(process.versions.node, language)),
  },
  { name: 'home', kind: 'missing', look: checkHome },
  { name: 'keys', kind: 'refused', look: checkKeys },
  { name: 'ledger', kind: 'setup', look: checkLedger },
  { name: 'trust', kind: 'setup', look: checkTrust },
  { name: 'fabric programs', kind: 'setup', fabricOnly: true, look: checkPrograms },
  { name: 'network', kind: 'setup', fabricOnly: true, look: checkNetwork },
];

/** Runs a check; an error it meets is its finding. */
export async function look(check: Check, context: CommandContext): Promise<Finding> {
  try {
    return await check.look(context);
  } catch (error) {
    const { message, hint } = failureOf(error, context.language, context.ledger);
    return { ok: false, detail: message, ...(hint !== undefined && { hint }) };
  }
}

/** @param version such as `20.19.1`. */
export function checkNode(version: string, language: Language): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return { ok, detail: `Node.js ${version}`, ...(!ok && { hint: HINTS.node[language] }) };
}

async function checkHome(context: CommandContext): Promise<Finding> {
  const { folder, layout, ledger } = await context.home();
  return { ok: true, detail: `${folder}, ${layout}, made for ${ledger}` };
}

const KEY_FILE = /(-key\.pem|\.hex|^accounts\/[^/]+\.pem)$/;

async function checkKeys(context: CommandContext): Promise<Finding> {
  const { folder } = await context.home();
  const keys: string[] = [];
  const open: string[] = [];
  for (const part of ['accounts', 'seeds', 'organisations']) {
    for (const file of await readdir(join(folder, part), { recursive: true })) {
      const path = join(part, file);
      if (!KEY_FILE.test(path)) continue;
      keys.push(path);
      if (((await stat(join(folder, path))).mode & 0o077) !== 0) open.push(path);
    }
  }
  if (open.length === 0)
    return { ok: true, detail: `${keys.length} key files, readable by their owner alone` };
  return {
    ok: false,
    detail: `others may read ${open.join(', ')}`,
    hint: HINTS.keys[context.language],
  };
}

async function checkLedger(context: CommandContext): Promise<Finding> {
  const platform = await context.platform();
  const ledgers = platform.as('auditor');
  const found = await Promise.all(
    LEGS.map(async (leg) => {
      const kind = LEDGER_CHOICES[platform.ledger][leg];
      return `${leg} ${kind}, ${await ledgers[leg].height()} blocks`;
    }),
  );
  return { ok: true, detail: found.join('; ') };
}

async function checkTrust(context: CommandContext): Promise<Finding> {
  const platform = await context.platform();
  const { channelParameters } = await import('../swap/index.js');
  const { roles } = await channelParameters(platform.as('auditor').power);
  return { ok: true, detail: trustOf(roles) };
}

/** Who must be trusted with a claim, in one line; see docs/explanation/why-it-is-safe.md. */
export function trustOf({ auditor }: Pick<Roles, 'auditor'>): string {
  return auditor === null
    ? "no auditor: the counterparty's peer sees each claim's secret early and is trusted to sign it"
    : `claims are endorsed by the claimant and ${auditor}; no counterparty sees a secret early or has a veto`;
}

async function checkPrograms(): Promise<Finding> {
  const { findPrograms, programVersions } = await import('@wattlock/fabric-network');
  const search = findPrograms();
  if (!search.found)
    return { ok: false, detail: `missing: ${search.missing.join(', ')}`, hint: search.advice };
  const versions = Object.entries(await programVersions(search.programs));
  return { ok: true, detail: versions.map(([name, version]) => `${name} ${version}`).join(', ') };
}

async function checkNetwork(context: CommandContext): Promise<Finding> {
  const { networkStatus } = await import('@wattlock/fabric-network');
  const folder = networkFolder({ folder: context.homeFolder });
  const { state } = await networkStatus(folder);
  const hint = NETWORK_HINTS.NETWORK_DOWN[context.language];
  const place = relative(context.homeFolder, folder);
  return { ok: state === 'up', detail: `${place}: ${state}`, ...(state !== 'up' && { hint }) };
}
