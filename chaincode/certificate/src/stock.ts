// The certifier's stock on the certificate channel: issued into, read, and listed with what is free in each slot.
import {
  accountIn,
  checkCaller,
  findLock,
  findLocks,
  parametersIn,
  unlessForged,
  type Call,
  type Found,
} from '@wattlock/chaincode-fabric';
import {
  checkActsFor,
  checkRole,
  fail,
  fillStock,
  freeStock,
  holdOn,
  keys,
  rangeOf,
  readRecord,
  writeRecord,
  type AnswerOf,
  type Lock,
  type RequestOf,
  type StockIssue,
  type StockSlot,
  type Wh,
} from '@wattlock/core';

type ShownSlot = AnswerOf<'certificate', 'ReadStock'>;

/**
 * Issues energy into a slot of the stock, at the issuer's own address. It is not a certificate of any burn yet:
 * nothing claims, assigns or retires it, only a swap takes it.
 */
export async function issueStock(call: Call, request: StockIssue): Promise<ShownSlot> {
  const { state, caller } = call;
  const own = keys.stock(request.slot);
  const [parameters, account, stored] = await state.getMany([
    keys.parameters(),
    keys.account(request.issuer),
    own,
  ]);
  const limits = parametersIn(parameters);
  checkCaller(call, [limits.roles.certifier]);
  call.checkTime(limits.maxSkewMs);
  const issuer = accountIn(account, request.issuer);
  checkRole(issuer, 'certifier');
  checkActsFor(caller, issuer);
  const before = stored && readRecord('stock', stored);
  const latest = await findLock(state, before?.draw?.swapId);
  const filled = fillStock(before, latest, request, limits);
  state.put(own, writeRecord('stock', filled));
  return show(filled, filled.draw && latest);
}

/** A slot in the record of its key. @throws STOCK_NOT_FOUND */
export function stockIn(stored: Found, slot: number): StockSlot {
  return stored === undefined ? fail('STOCK_NOT_FOUND', { slot }) : readRecord('stock', stored);
}

/** One slot. */
export async function readOneStock(
  { state }: Call,
  { slot }: RequestOf<'certificate', 'ReadStock'>,
): Promise<ShownSlot> {
  const stock = stockIn(await state.get(keys.stock(slot)), slot);
  return show(stock, await findLock(state, stock.draw?.swapId));
}

/** All slots that were ever issued into, by number. */
export async function listStock(
  { state }: Call,
  page: RequestOf<'certificate', 'ListStock'>,
): Promise<AnswerOf<'certificate', 'ListStock'>> {
  const { records, next } = await state.page(rangeOf('stock'), page);
  const slots = records.map((entry) => readRecord('stock', entry.record));
  const lockOf = await findLocks(
    state,
    slots.map(({ draw }) => draw?.swapId),
  );
  const sorted = slots.sort((a, b) => a.slot - b.slot);
  const shown = sorted.map((slot) =>
    unlessForged(() => show(slot, lockOf(slot.draw?.swapId)), heldFast(slot)),
  );
  return { slots: shown, ...next };
}

/** A slot whose latest draw has a forged lock, which holds it for ever. */
function heldFast(slot: StockSlot): ShownSlot {
  const freeWh = (slot.energyWh - (slot.draw?.energyWh ?? 0n)) as Wh;
  return { ...slot, freeWh, held: true };
}

function show(slot: StockSlot, lock: Lock | undefined): ShownSlot {
  const held = holdOn(slot.draw?.swapId, lock) === 'locked';
  return { ...slot, freeWh: freeStock(slot, lock), held };
}
