// What `wattlock doctor` looks at, as a table: each check says what it found and, if that will not do, what to do.
// A check never changes anything, and one that fails does not keep the others from running.
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LEGS, type Roles } from '@wattlock/core';
import { accountKeyPlace, networkFolder, organisationsOf, readAccount, seedPlace, type Home } from '../home';
import { LEDGER_CHOICES, unfitKeys, unfitText } from '../platform';
import { channelParameters } from '../swap';
import type { CommandContext } from './context';
import { failureOf } from './failure';

export interface Finding {
  readonly ok: boolean;
  readonly detail: string;
  readonly hint?: string;
}

interface Check {
  readonly name: string;
  /** Exit code when it fails and is needed. */
  readonly exitCode: number;
  /** Only Fabric needs it; default: either ledger. */
  readonly fabricOnly?: boolean;
  /** Needs contracts, which a home that only reads an embedded ledger does not run. */
  readonly asksContracts?: boolean;
  look(context: CommandContext): Promise<Finding>;
}

const OLDEST_NODE = [20, 19] as const;

export const CHECKS: readonly Check[] = [
  { name: 'node', exitCode: 2, look: () => Promise.resolve(checkNode(process.versions.node)) },
  { name: 'home', exitCode: 3, look: checkHome },
  { name: 'keys', exitCode: 5, look: checkKeys },
  { name: 'ledger', exitCode: 7, look: checkLedger },
  { name: 'trust', exitCode: 7, asksContracts: true, look: checkTrust },
  { name: 'accounts', exitCode: 4, asksContracts: true, look: checkAccounts },
  { name: 'fabric programs', exitCode: 7, fabricOnly: true, look: checkPrograms },
  { name: 'network', exitCode: 7, fabricOnly: true, look: checkNetwork },
];

/** Runs a check; an error it meets is its finding. */
export async function look(check: Check, context: CommandContext): Promise<Finding> {
  try {
    return await check.look(context);
  } catch (error) {
    const { message, hint } = failureOf(error, context.ledger);
    return { ok: false, detail: message, ...(hint !== undefined && { hint }) };
  }
}

/** @param version such as `20.19.1`. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const hint = `Install Node.js ${OLDEST_NODE.join('.')} or later.`;
  return { ok, detail: `Node.js ${version}`, ...(!ok && { hint }) };
}

async function checkHome(context: CommandContext): Promise<Finding> {
  const { folder, layout, ledger, organisation } = await context.home();
  const whose = organisation === undefined ? '' : `, of the ${organisation} alone`;
  return { ok: true, detail: `${folder}, ${layout}, made for ${ledger}${whose}` };
}

const KEY_FOLDERS = ['accounts', 'seeds', 'organisations', 'network/organisations'];
const KEY_FILE = /((^|-|\/)key\.pem|\.hex|^accounts\/[^/]+\.pem)$/;

async function checkKeys(context: CommandContext): Promise<Finding> {
  const home = await context.home();
  const { folder } = home;
  const keys: string[] = [];
  const open: string[] = [];
  for (const part of KEY_FOLDERS) {
    for (const file of await filesIn(join(folder, part))) {
      const path = join(part, file);
      if (!KEY_FILE.test(path)) continue;
      keys.push(path);
      if (((await stat(join(folder, path))).mode & 0o077) !== 0) open.push(path);
    }
  }
  const missing = keysNeeded(home).filter((path) => !keys.includes(path));
  if (missing.length > 0) {
    return { ok: false, detail: `missing: ${missing.join(', ')}`, hint: 'Restore them from a backup.' };
  }
  if (open.length === 0)
    return { ok: true, detail: `${keys.length} key files, readable by their owner alone` };
  return {
    ok: false,
    detail: `others may read ${open.join(', ')}`,
    hint: 'Take their rights away: chmod 600.',
  };
}

/** The account keys and seeds that a home acts with: none where it only reads. */
function keysNeeded(home: Home): readonly string[] {
  if (home.ledgerFolder !== undefined) return [];
  const places = organisationsOf(home).flatMap((name) => [
    accountKeyPlace(home, name),
    seedPlace(home, name),
  ]);
  return places.map(({ file }) => relative(home.folder, file));
}

/** Everything below a folder; nothing when it is not there. */
async function filesIn(folder: string): Promise<readonly string[]> {
  return existsSync(folder) ? readdir(folder, { recursive: true }) : [];
}

async function checkLedger(context: CommandContext): Promise<Finding> {
  const blocks = await context.blocks();
  const found = await Promise.all(
    LEGS.map(async (leg) => {
      const kind = LEDGER_CHOICES[context.ledger][leg];
      return `${leg} ${kind}, ${await blocks[leg].height()} blocks`;
    }),
  );
  return { ok: true, detail: found.join('; ') };
}

async function checkAccounts(context: CommandContext): Promise<Finding> {
  const home = await context.home();
  const accounts = await Promise.all(organisationsOf(home).map((name) => readAccount(home, name)));
  const unfit = await unfitKeys((await context.platform()).forReading(), accounts);
  if (unfit.length === 0) {
    const ids = accounts.map(({ id }) => id).join(', ');
    return { ok: true, detail: `${ids}: registered with the keys that are here` };
  }
  const hint = unfit.every(({ registered }) => registered === 'absent')
    ? 'Register them: wattlock init.'
    : 'Use the home whose keys are registered; converting with this one would lock energy in vain.';
  return { ok: false, detail: unfit.map(unfitText).join('; '), hint };
}

async function checkTrust(context: CommandContext): Promise<Finding> {
  const platform = await context.platform();
  const { roles } = await channelParameters(platform.forReading().power);
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
  const hint = 'Start it: wattlock network up.';
  const place = relative(context.homeFolder, folder);
  return { ok: state === 'up', detail: `${place}: ${state}`, ...(state !== 'up' && { hint }) };
}
